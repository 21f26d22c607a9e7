import type { Api } from '../api/api.ts';
import { toApiError } from '../api/api-error.ts';
import type { ApiError } from '../api/api-error.ts';
import type * as FolderDocuments from '../api/folder-documents.ts';
import type { Count, Folder, FolderContent } from '../api/types.ts';
import { isIdleMove, moveIn } from '../library/folder-tree.rules.ts';
import type { FolderMove } from '../library/folder-tree.rules.ts';
import { Store } from './store.ts';

type Documents = typeof FolderDocuments;

/** Milliseconds in which several changes lead to one reading. */
const REST = 150;

/**
 * The person's folders and those that others share with them. A change shows at once; when it is refused, the server's
 * answer takes its place.
 * @fires own-change - the server has taken a change that was made here
 */
export class Folders extends Store {
  state: 'idle' | 'loading' | 'ready' | 'failed' = 'idle';
  error: ApiError | undefined;
  /** The person's own, each behind the one it lies in. */
  list: readonly Folder[] = [];
  /** Of others. */
  shared: readonly Folder[] = [];
  inbox: Count | undefined;
  trash: Count | undefined;
  favourites: Count | undefined;
  readonly #api: Api;
  #again: ReturnType<typeof setTimeout> | undefined;

  constructor(api: Api) {
    super();
    this.#api = api;
  }

  byId(id: string): Folder | undefined {
    return this.list.find((folder) => folder.id === id) ?? this.shared.find((folder) => folder.id === id);
  }

  /** True for a folder of somebody else. */
  isForeign(id: string): boolean {
    return this.shared.some((folder) => folder.id === id);
  }

  /** Reads them, unless that has been done. */
  open(): void {
    if (this.state === 'idle') void this.load();
  }

  async load(): Promise<void> {
    if (this.state !== 'ready') this.#set('loading');
    try {
      const { FoldersQuery, FoldersInsideQuery } = await documents();
      const answer = await this.#api.query(FoldersQuery, {});
      const inside = await Promise.all(
        answer.sharedFolders.map(async ({ id }) => (await this.#api.query(FoldersInsideQuery, { id })).foldersInside),
      );
      this.list = answer.folders;
      this.shared = [...answer.sharedFolders, ...inside.flat()];
      ({ inbox: this.inbox, trash: this.trash, favourites: this.favourites } = answer);
      this.error = undefined;
      this.#set('ready');
    } catch (error) {
      this.error = toApiError(error);
      if (this.state !== 'ready') this.#set('failed');
    }
  }

  /** Reads them again soon: counts have changed. */
  stale(): void {
    if (this.state === 'idle') return;
    clearTimeout(this.#again);
    this.#again = setTimeout(() => void this.load(), REST);
  }

  /** @throws ApiError */
  async create(name: string, parentId: string | null): Promise<Folder> {
    const { CreateFolderMutation } = await documents();
    const { createFolder } = await this.#api.query(CreateFolderMutation, { name, parentId });
    this.list = [...this.list, createFolder];
    this.changed();
    this.#tellOthers();
    return createFolder;
  }

  /** @throws ApiError */
  async rename(id: string, name: string): Promise<void> {
    const list = this.list.map((folder) => (folder.id === id ? { ...folder, name } : folder));
    await this.#change(list, async ({ RenameFolderMutation }) => this.#api.query(RenameFolderMutation, { id, name }));
  }

  /** @throws ApiError */
  async move(id: string, move: FolderMove): Promise<void> {
    if (isIdleMove(this.list, id, move)) return;
    await this.#change(moveIn(this.list, id, move), async ({ MoveFolderMutation }) =>
      this.#api.query(MoveFolderMutation, { id, ...move }),
    );
  }

  /** With all folders inside. @throws ApiError */
  async remove(id: string, content: FolderContent): Promise<void> {
    const { DeleteFolderMutation } = await documents();
    await this.#api.query(DeleteFolderMutation, { id, content });
    this.#tellOthers();
    await this.load();
  }

  /** Without a post, the newest stands for it. @throws ApiError */
  async setCover(id: string, postId: string | null): Promise<void> {
    const { CoverMutation } = await documents();
    await this.#api.query(CoverMutation, { id, postId });
    this.#tellOthers();
    await this.load();
  }

  /** Without a right, sharing ends. @throws ApiError */
  async share(id: string, userId: string, right: Folder['shares'][number]['right'] | null): Promise<void> {
    const { ShareMutation } = await documents();
    await this.#api.query(ShareMutation, { id, userId, right });
    this.#tellOthers();
    await this.load();
  }

  clear(): void {
    clearTimeout(this.#again);
    this.list = this.shared = [];
    this.inbox = this.trash = this.favourites = undefined;
    this.#set('idle');
  }

  async #change(list: readonly Folder[], send: (documents: Documents) => Promise<unknown>): Promise<void> {
    this.list = list;
    this.changed();
    try {
      await send(await documents());
      this.#tellOthers();
    } finally {
      await this.load();
    }
  }

  #tellOthers(): void {
    this.dispatchEvent(new Event('own-change'));
  }

  #set(state: Folders['state']): void {
    this.state = state;
    this.changed();
  }
}

/** Only who looks at folders needs them. */
const documents = async (): Promise<Documents> => import('../api/folder-documents.ts');
