import { ApiError, toApiError } from '../api/api-error.ts';
import type { BulkJob, Post } from '../api/types.ts';
import { changePost, leavesList } from '../select/change.rules.ts';
import type { Change } from '../select/change.rules.ts';
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

  /** Changes these posts, and shows it before the server has answered. */
  async apply(change: Change, posts: readonly Post[], done: DoneWords): Promise<void> {
    const own = posts.filter(({ foreign }) => !foreign);
    if (own.length === 0) {
      this.#refuse(t('bulk_foreign'));
      return;
    }
    const ids = own.map(({ id }) => id);
    this.#show(change, ids);
    await this.#finish(change, { ids }, done);
  }

  /** Changes all that a target names, seen or not. */
  async applyAll(change: Change, target: Target, done: DoneWords): Promise<void> {
    await this.#finish(change, target, done);
    await this.#parts.library.reread();
  }

  /** Takes the last change back, also when its toast has gone. */
  undoLast(): void {
    this.#undo?.();
  }

  async #finish(change: Change, target: Target, done: DoneWords): Promise<void> {
    const { bulk, library, toasts } = this.#parts;
    try {
      const job = await bulk.run(change, target);
      if (job.errorCode) throw new ApiError(job.errorCode, '');
      if (job.failed > 0) void library.reread();
      this.#tell(withFailed(done(job.done - job.failed), job), job);
    } catch (error) {
      toasts.show({ text: errorSentence(toApiError(error)), tone: 'bad' });
      await library.reread();
    }
  }

  /** The server knows what each post was before, however many they are. */
  #tell(text: string, { id, undoable }: BulkJob): void {
    const { toasts } = this.#parts;
    if (!undoable) return void toasts.show({ text, tone: 'good' });
    const run = (): void => {
      this.#undo = undefined;
      drop();
      void this.#takeBack(id);
    };
    this.#undo = run;
    const drop = toasts.show({ text, tone: 'good', action: { label: t('undo'), run } });
  }

  async #takeBack(id: string): Promise<void> {
    const { bulk, library, toasts } = this.#parts;
    try {
      const job = await bulk.undo(id);
      if (job.errorCode) throw new ApiError(job.errorCode, '');
      toasts.show({ text: withFailed(t('undone'), job), tone: 'plain' });
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

const withFailed = (text: string, { failed }: BulkJob): string =>
  failed > 0 ? `${text} ${tn('bulk_failed', failed)}` : text;
