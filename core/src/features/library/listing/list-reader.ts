import type { QueryFilter, Types } from 'mongoose';
import type { Cursor } from '../cursor.rules.ts';
import type { LibraryModels, LinkDoc } from '../models.ts';
import type { ListIndex } from './link-fields.ts';
import { facetsOf } from './list-filter.rules.ts';
import type { Facet } from './list-filter.rules.ts';
import type { LibraryFilter } from './library-filter.ts';
import { chooseWay } from './list-plan.rules.ts';
import type { Way } from './list-plan.rules.ts';
import { LibrarySort, afterCursor, valueOf } from './list-sort.ts';
import { Selectivity } from './selectivity.ts';

/** Whose posts, and which. */
export interface ListScope {
  readonly user: string;
  readonly filter: LibraryFilter;
  /** The filter's folder with those inside, where it names one. */
  readonly folders: readonly Types.ObjectId[];
  /** Further conditions. */
  readonly only: readonly QueryFilter<LinkDoc>[];
}

/** Indexes that are counted only as far as it matters: a word may be in most posts, and some indexes hold only a part. */
const BOUNDED: ReadonlySet<ListIndex> = new Set([
  'list_terms',
  'list_favourite',
  'list_inbox',
  'list_duration',
] as const);

/** A way with its index. */
interface ListWay extends Way {
  readonly index: ListIndex;
}

/** Reads lists by the index that looks at the fewest documents; every query names its index. */
export class ListReader {
  readonly #link: LibraryModels['Link'];
  readonly #selectivity: Selectivity;

  constructor(link: LibraryModels['Link']) {
    this.#link = link;
    this.#selectivity = new Selectivity(link);
  }

  /** At most `wanted` links in order, those behind the cursor. */
  async read(scope: ListScope, sort: LibrarySort, wanted: number, after?: Cursor): Promise<LinkDoc[]> {
    const facets = facetsOf(scope.filter, scope.folders);
    const way = await this.#way(scope, facets, sort, wanted);
    if (way.streams > 1) return this.#merged(scope, sort, wanted, after);
    return this.#find(whereOf(scope, facets), way.index, sort, wanted, after);
  }

  /** Exact, up to `most` where that is given. */
  async count(scope: ListScope, most?: number): Promise<number> {
    const facets = facetsOf(scope.filter, scope.folders);
    const way = await this.#way(scope, facets, 'added_desc', most ?? Infinity, false);
    return this.#link.countDocuments(whereOf(scope, facets), {
      hint: way.index,
      ...(most !== undefined && { limit: most }),
    });
  }

  async #find(
    where: QueryFilter<LinkDoc>,
    index: ListIndex,
    sort: LibrarySort,
    wanted: number,
    after?: Cursor,
  ): Promise<LinkDoc[]> {
    const { field, direction } = LibrarySort[sort];
    return this.#link
      .find(after === undefined ? where : { $and: [where, afterCursor(sort, after)] })
      .sort({ [field]: direction, _id: direction })
      .limit(wanted)
      .hint(index)
      .lean();
  }

  /** Several folders: the index has each one in order, and a page is the first of what they give. */
  async #merged(scope: ListScope, sort: LibrarySort, wanted: number, after?: Cursor): Promise<LinkDoc[]> {
    const { direction } = LibrarySort[sort];
    const pages = await Promise.all(
      scope.folders.map(async (folder) =>
        this.#find(whereOf(scope, facetsOf(scope.filter, [folder])), 'list_folders', sort, wanted, after),
      ),
    );
    const distinct = new Map(pages.flat().map((link) => [link._id.toHexString(), link]));
    const order = (a: LinkDoc, b: LinkDoc): number =>
      valueOf(a, sort) - valueOf(b, sort) || (a._id.toHexString() < b._id.toHexString() ? -1 : 1);
    return [...distinct.values()].sort((a, b) => order(a, b) * direction).slice(0, wanted);
  }

  async #way(
    scope: ListScope,
    facets: readonly Facet[],
    sort: LibrarySort,
    wanted: number,
    sorted = true,
  ): Promise<ListWay> {
    const { index } = LibrarySort[sort];
    const whole = { user: scope.user, state: stateOf(scope.filter) } as QueryFilter<LinkDoc>;
    if (facets.length === 0) return { index, matches: 0, ordered: true, streams: 1 };
    const all = await this.#selectivity.all(whole);
    const byAdded = index === 'list_added';
    const ways = await Promise.all(
      facets.map(async (facet): Promise<ListWay> => {
        const matches = await this.#matches(whole, facet, scope.folders, all);
        const streams = facet.index === 'list_folders' && byAdded && sorted ? scope.folders.length : 1;
        const ordered = !sorted || facet.index === index || (byAdded && (facet.ordered || streams > 1));
        return { index: facet.index, matches, ordered, streams };
      }),
    );
    return chooseWay<ListWay>(all, [{ index, matches: all, ordered: true, streams: 1 }, ...ways], wanted);
  }

  async #matches(
    whole: QueryFilter<LinkDoc>,
    { index, where }: Facet,
    folders: readonly Types.ObjectId[],
    all: number,
  ): Promise<number> {
    if (index === 'list_folders') {
      const counts = folders.map(async (folder) => this.#selectivity.all({ ...whole, folders: folder }));
      return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
    }
    return this.#selectivity.matches(
      { ...whole, ...where },
      { index, bounded: BOUNDED.has(index), hinted: index !== 'list_terms' },
      all,
    );
  }
}

function stateOf({ trash }: LibraryFilter): string {
  return trash === true ? 'trashed' : 'active';
}

function whereOf(scope: ListScope, facets: readonly Facet[]): QueryFilter<LinkDoc> {
  const conditions = [...facets.map(({ where }) => where), ...scope.only];
  return {
    user: scope.user,
    state: stateOf(scope.filter),
    ...(conditions.length > 0 && { $and: conditions }),
  } as QueryFilter<LinkDoc>;
}
