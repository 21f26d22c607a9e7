import { toApiError } from '../api/api-error.ts';
import type { Post } from '../api/types.ts';
import { changePost, leavesList, undoOf } from '../select/bulk-undo.rules.ts';
import type { Change, ChangeOf } from '../select/bulk-undo.rules.ts';
import { errorSentence } from '../words/errors.ts';
import { t, tn } from '../words/t.ts';
import type { Bulk, Target } from './bulk.ts';
import type { Folders } from './folders.ts';
import type { Library } from './library.ts';
import type { Toasts } from './toasts.ts';

interface Parts {
  readonly bulk: Bulk;
  readonly folders: Folders;
  readonly library: Library;
  readonly toasts: Toasts;
}

/** What a change says when it is done, for so many posts. */
export type DoneWords = (n: number) => string;

/** Changes of one or many posts, as a person makes them: shown at once, told when done, taken back by undo. */
export class Changes {
  readonly #parts: Parts;
  #undo: (() => void) | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
    parts.bulk.addEventListener('over', () => parts.folders.stale());
  }

  /** Changes these posts; what they were is known, so that it can be taken back. */
  async apply(change: Change, posts: readonly Post[], done: DoneWords): Promise<void> {
    const own = posts.filter(({ foreign }) => !foreign);
    if (own.length === 0) {
      this.#refuse(t('bulk_foreign'));
      return;
    }
    const ids = own.map(({ id }) => id);
    this.#show(change, ids);
    await this.#finish(change, { ids }, done, undoOf(change, own));
  }

  /** Changes all that a target names, seen or not. It cannot be taken back in one go. */
  async applyAll(change: Change, target: Target, done: DoneWords): Promise<void> {
    await this.#finish(change, target, done, []);
    await this.#parts.library.reread();
  }

  /** Takes the last change back, also when its toast has gone. */
  undoLast(): void {
    this.#undo?.();
  }

  async #finish(change: Change, target: Target, done: DoneWords, undo: readonly ChangeOf[]): Promise<void> {
    const { bulk, library, toasts } = this.#parts;
    try {
      const job = await bulk.run(change, target);
      const changed = job.done - job.failed;
      if (job.errorCode) throw Object.assign(new Error(), { code: job.errorCode });
      if (job.failed > 0) void library.reread();
      const failed = job.failed > 0 ? ` ${tn('bulk_failed', job.failed)}` : '';
      this.#tell(`${done(changed)}${failed}`, undo);
    } catch (error) {
      toasts.show({ text: errorSentence(toApiError(error)), tone: 'bad' });
      await library.reread();
    }
  }

  #tell(text: string, undo: readonly ChangeOf[]): void {
    const { toasts } = this.#parts;
    if (undo.length === 0) return void toasts.show({ text, tone: 'good' });
    const run = (): void => {
      this.#undo = undefined;
      drop();
      void this.#takeBack(undo);
    };
    this.#undo = run;
    const drop = toasts.show({ text, tone: 'good', action: { label: t('undo'), run } });
  }

  async #takeBack(undo: readonly ChangeOf[]): Promise<void> {
    const { bulk, library, toasts } = this.#parts;
    try {
      for (const { ids, ...change } of undo) await bulk.run(change, { ids });
      toasts.show({ text: t('undone'), tone: 'plain' });
    } catch (error) {
      toasts.show({ text: errorSentence(toApiError(error)), tone: 'bad' });
    }
    await library.reread();
  }

  #show(change: Change, ids: readonly string[]): void {
    const { library } = this.#parts;
    if (leavesList(change)) library.hide(ids);
    else library.patch(ids, (post) => changePost(change, post));
  }

  #refuse(text: string): void {
    this.#parts.toasts.show({ text, tone: 'warn' });
  }
}
