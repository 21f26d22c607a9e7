import { CodedError } from '../../errors.ts';
import type { KeyedMutex } from '../media/index.ts';
import type { Leases } from './leases.ts';
import type { LibraryModels, LinkState } from './models.ts';
import type { FilesGone, PostDeletion } from './post-deletion.ts';

const DURABLE = { writeConcern: { w: 1, j: true } } as const;
const REMOVABLE: readonly LinkState[] = ['adding', 'active', 'trashed'];

/** What a removal did to the files. */
export interface RemovalResult extends FilesGone {
  readonly linkId: string;
}

interface Dependencies {
  readonly models: LibraryModels;
  readonly deletion: PostDeletion;
  readonly leases: Leases;
  /** One change at a time for each key; shared with admission. */
  readonly keys: KeyedMutex;
}

/** The way down of the counting protocol. Each step may be repeated; the janitor finishes what a crash left. */
export class Removal {
  readonly #deps: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#deps = dependencies;
  }

  /**
   * Removes a post from a person's library for good, when its link is in one of these states at that moment.
   * @param beforehand runs once it is known that there is something to remove
   * @throws MF_ERR_UNKNOWN
   */
  async remove(
    linkId: string,
    userId: string,
    states: readonly LinkState[] = REMOVABLE,
    beforehand: (key: string) => Promise<void> = async () => undefined,
  ): Promise<RemovalResult> {
    const { models, keys, deletion, leases } = this.#deps;
    const there = { _id: linkId, user: userId, state: { $in: [...states] } };
    const known = await models.Link.findOne(there).lean();
    if (known === null) throw unknownPost();
    // Who adds the same link at this moment waits for the mutex, not for a link that waits for the mutex.
    return keys.run(known.key, async () => {
      await beforehand(known.key);
      const link = await models.Link.findOneAndUpdate(
        there,
        { $set: { state: 'removing' satisfies LinkState, lease: leases.make() }, $unset: { trashedAt: 1 } },
        { returnDocument: 'after', lean: true, ...DURABLE },
      );
      if (link === null) throw unknownPost();
      return { linkId, ...(await deletion.finishLink(link)) };
    });
  }
}

function unknownPost(): CodedError {
  return new CodedError('MF_ERR_UNKNOWN', 'This post is not in your library.');
}
