import type { LitElement } from 'lit';
import { toApiError } from '../api/api-error.ts';
import type { Post, Removed } from '../api/types.ts';
import { copyText } from '../elements/clipboard.ts';
import { shareLink } from '../elements/share.ts';
import { changePost } from '../select/change.rules.ts';
import { apiContext, changesContext, libraryContext, toastsContext } from '../state/contexts.ts';
import { organize } from '../state/organize.ts';
import { UseStore } from '../state/use-store.ts';
import { UseValue } from '../state/use-value.ts';
import { errorSentence } from '../words/errors.ts';
import { formatBytes } from '../words/format.ts';
import { titleOf } from '../words/names.ts';
import { t, tn } from '../words/viewer.ts';

type Host = ConstructorParameters<typeof UseStore>[0];
const uses = (host: Host) => ({
  api: new UseValue(host, apiContext),
  library: new UseStore(host, libraryContext),
  toasts: new UseStore(host, toastsContext),
  changes: new UseValue(host, changesContext),
});

/** What can be done with the post that is shown, and what is said of it. */
export class ViewerActions {
  readonly #uses: ReturnType<typeof uses>;
  readonly #onPost: (post: Post) => void;

  /** @param onPost - a post is not what it was */
  constructor(host: LitElement, onPost: (post: Post) => void) {
    this.#uses = uses(host);
    this.#onPost = onPost;
  }

  favourite(post: Post): void {
    const change = { action: post.favourite ? 'unfavourite' : 'favourite' } as const;
    this.#onPost(changePost(change, post));
    void this.#uses.changes.value?.apply(change, [post], (n) => tn(`bulk_${change.action}`, n));
  }

  /** Into the trash, or out of it. */
  move(post: Post, action: 'trash' | 'restore'): void {
    void this.#uses.changes.value?.apply({ action }, [post], (n) =>
      tn(action === 'trash' ? 'bulk_trashed' : 'bulk_restored', n),
    );
  }

  /** Leaves an item out of what is shown; it can be brought back at once, or from the details. */
  async hide(post: Post, index: number): Promise<void> {
    const item = post.items[index];
    if (!item || post.items.length < 2) return;
    const before = post.hiddenItems;
    const undo = { label: t('undo'), run: () => void this.showItems(post, before) };
    if (await this.#showAllBut(post, [...before, item.index]))
      this.#uses.toasts.value?.show({ text: t('item_hidden'), tone: 'good', action: undo });
  }

  /** Shows items that were hidden, but for some. */
  async showItems(post: Post, hidden: readonly number[] = []): Promise<void> {
    if (await this.#showAllBut(post, hidden)) this.#uses.toasts.value?.show({ text: t('items_shown'), tone: 'good' });
  }

  async share(post: Post): Promise<void> {
    if (!(await shareLink(titleOf(post), post.url))) await this.copy(post.url, t('copied'));
  }

  async copy(text: string, done: string): Promise<void> {
    const copied = await copyText(text);
    this.#uses.toasts.value?.show(copied ? { text: done, tone: 'good' } : { text: t('copy_failed'), tone: 'bad' });
  }

  removed(removed: Removed | undefined): void {
    const freed = removed?.freedBytes ?? 0;
    const text = freed > 0 ? t('removed_freed', { size: formatBytes(freed) }) : t('removed');
    this.#uses.toasts.value?.show({ text, tone: 'good' });
  }

  async #showAllBut(post: Post, hiddenItems: readonly number[]): Promise<boolean> {
    const { api, library, toasts } = this.#uses;
    if (!api.value || !library.value) return false;
    try {
      this.#onPost(await organize(api.value, library.value, post.id, { hiddenItems: [...hiddenItems] }));
      return true;
    } catch (error) {
      toasts.value?.show({ text: errorSentence(toApiError(error)), tone: 'bad' });
      return false;
    }
  }
}
