import { Task, TaskStatus } from '@lit/task';
import type { LitElement } from 'lit';
import { toApiError } from '../api/api-error.ts';
import type { ApiError } from '../api/api-error.ts';
import type { Post } from '../api/types.ts';
import type { Library } from '../state/library.ts';

/** The post that is shown: as the list has it, as it was changed here, or as the server has it. */
export class ViewerPost {
  readonly #host: LitElement & { readonly postId: string };
  readonly #library: () => Library | undefined;
  readonly #read: Task<readonly [Library | undefined, string], Post | undefined>;
  #changed: Post | undefined;

  constructor(host: LitElement & { readonly postId: string }, library: () => Library | undefined) {
    [this.#host, this.#library] = [host, library];
    this.#read = new Task(host, {
      task: async ([from, id], { signal }) => from?.post(id, signal),
      args: () => [this.#library(), host.postId] as const,
    });
  }

  /** Undefined while it is read, and when there is none. */
  get value(): Post | undefined {
    const { postId } = this.#host;
    const isIt = (post: Post | undefined): boolean => post?.id === postId;
    return this.#library()?.byId(postId) ?? [this.#changed, this.#read.value].find(isIt);
  }

  /** Why there is none, if that is known. */
  get missing(): { readonly error: ApiError | undefined; readonly gone: boolean } {
    // Completed without a list to compare with is still reading.
    const gone = this.#read.status === TaskStatus.COMPLETE && this.#library() !== undefined;
    return { error: this.#read.status === TaskStatus.ERROR ? toApiError(this.#read.error) : undefined, gone };
  }

  /** As it is after a change that was made here. */
  put(post: Post): void {
    this.#changed = post;
    this.#host.requestUpdate();
  }

  again(): void {
    void this.#read.run();
  }
}
