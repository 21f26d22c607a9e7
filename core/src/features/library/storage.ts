import type { MediaService } from '../media/index.ts';
import type { MediaRoot, Settings } from '../system/index.ts';
import type { Limits } from './limits.ts';
import type { LibraryModels } from './models.ts';

const GB = 1e9;
const MB = 1024 * 1024;

/** How much is kept, in bytes. */
export interface StorageFigures {
  /** The person's own, what is in the trash included. */
  readonly used: number;
  /** How much a person may keep; null without a limit. */
  readonly quota: number | null;
  /** Sums of everybody, for admins. */
  readonly total?: StorageTotal;
}

export interface StorageTotal {
  readonly files: number;
  /** On the disk: what several posts share counts once. */
  readonly bytes: number;
  readonly free: number;
  /** Of the disk. */
  readonly size: number;
  /** That stay free. */
  readonly reserve: number;
  /** Sizes of posts: what several share counts for each. */
  readonly platforms: (Sum & { readonly platform: string })[];
  readonly people: (Sum & { readonly id: string })[];
}

interface Sum {
  readonly posts: number;
  readonly bytes: number;
}

interface Dependencies {
  readonly models: LibraryModels;
  readonly media: MediaService;
  readonly mediaRoot: Pick<MediaRoot, 'space'>;
  readonly settings: Pick<Settings, 'read'>;
  readonly limits: Limits;
}

/** Counts what is kept: of a person, of a platform and in all. */
export class Storage {
  readonly #deps: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#deps = dependencies;
  }

  /** @param withTotal for an admin: sums, no posts */
  async of(userId: string, withTotal: boolean): Promise<StorageFigures> {
    const { settings, limits } = this.#deps;
    const { quotaGb, reserveMb } = await settings.read();
    const own = { used: await limits.usedBy(userId), quota: quotaGb === null ? null : quotaGb * GB };
    return withTotal ? { ...own, total: await this.#total(reserveMb * MB) } : own;
  }

  async #total(reserve: number): Promise<StorageTotal> {
    const { models, media, mediaRoot } = this.#deps;
    const { free, total: size } = await mediaRoot.space();
    const group = (field: string) => [
      { $group: { _id: field, posts: { $sum: 1 }, bytes: { $sum: '$size' } } },
      { $sort: { bytes: -1 as const } },
    ];
    const platforms = await models.Post.aggregate<Sum & { _id: unknown }>(group('$platform'));
    const people = await models.Link.aggregate<Sum & { _id: unknown }>(group('$user'));
    return {
      ...(await media.usage()),
      free,
      size,
      reserve,
      platforms: platforms.map(({ _id, ...sum }) => ({ platform: String(_id), ...sum })),
      people: people.map(({ _id, ...sum }) => ({ id: String(_id), ...sum })),
    };
  }
}
