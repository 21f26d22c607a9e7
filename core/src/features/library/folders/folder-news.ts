import type { LibraryEmitter } from '../events.ts';
import type { FolderModels } from './folder-model.ts';

/** Says that folders of this person have changed; `also` names those who see them no longer. */
export type TellFolders = (owner: string, also?: readonly string[]) => Promise<void>;

interface Options {
  readonly models: Pick<FolderModels, 'Folder'>;
  readonly events: LibraryEmitter;
  readonly onError: (error: unknown) => void;
}

/** Tells a person, and all with whom they share a folder, that there is something new about their folders. */
export function createFolderNews({ models, events, onError }: Options): TellFolders {
  return async (owner, also = []) => {
    if (events.listenerCount('folders') === 0) return;
    try {
      const shared = await models.Folder.find({ user: owner, 'shares.0': { $exists: true } }, { shares: 1 }).lean();
      const others = shared.flatMap(({ shares }) => shares.map(({ user }) => user.toHexString()));
      events.emit('folders', { owner, seenBy: new Set([owner, ...also, ...others]) });
    } catch (error) {
      // The change is made; who is not told sees it at the next look.
      onError(error);
    }
  };
}
