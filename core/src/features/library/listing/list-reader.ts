import type { QueryFilter, Types } from 'mongoose';
import type { Cursor } from '../cursor.rules.ts';
import type { LibraryModels, LinkDoc } from '../models.ts';
import type { ListIndex } from './link-fields.ts';
import { facetsOf } from './list-filter.rules.ts';
import type { Facet } from './list-filter.rules.ts';
import { indexOf } from './list-indexes.ts';
import type { LibraryFilter } from './library-filter.ts';
import { chooseWay } from './list-plan.rules.ts';
import type { Way } from './list-plan.rules.ts';
import { LibrarySort, afterCursor } from './list-sort.ts';
import type { SortField } from './list-sort.ts';
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

/** What one word finds is joined from all words that begin with it: about so much of a document's reading for each. */
const JOINING = 0.05;

/** A way with its index, and the condition that this one answers (or of two the one with several values). */
interface ListWay extends Way {
  readonly index: ListIndex;
  readonly facet?: Facet;
}

/** Words of favourites have an index of their own, which finds both at once. */
function favouriteWords(ways: readonly ListWay[], all: number, order?: SortField): ListWay[] {
  const favourites = ways.find(({ facet }) => facet?.name === 'favourite');
  if (favourites === undefined || all === 0) return [];
  const share = favourites.matches / all;
  return ways
    .filter(({ facet }) => facet?.name === 'terms')
    .map((way) => ({
      ...way,
      index: 'list_favourite_terms',
      ordered: order === undefined || order === 'addedAt',
      matches: way.matches * share,
      start: way.start * share,
    }));
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
    const { field, direction, index } = LibrarySort[sort];
    const facets = facetsOf(scope.filter, scope.folders);
    const way = await this.#way(scope, facets, { wanted, index, order: field });
    const where = whereOf(scope, facets, way.facet);
    return this.#link
      .find(after === undefined ? where : { $and: [where, afterCursor(sort, after)] })
      .sort({ [field]: direction, _id: direction })
      .limit(wanted)
      .hint(way.index)
      .lean();
  }

  /** Exact, up to `most` where that is given. */
  async count(scope: ListScope, most?: number): Promise<number> {
    const facets = facetsOf(scope.filter, scope.folders);
    const way = await this.#way(scope, facets, { wanted: most ?? Infinity, index: 'list_by_added' });
    return this.#link.countDocuments(whereOf(scope, facets, way.facet), {
      hint: way.index,
      ...(most !== undefined && { limit: most }),
    });
  }

  /** `order`: what the list is sorted by; a count is not. */
  async #way(
    scope: ListScope,
    facets: readonly Facet[],
    { wanted, index, order }: { wanted: number; index: ListIndex; order?: SortField },
  ): Promise<ListWay> {
    const last = { index, matches: 0, ordered: true, start: 0 };
    const [only] = facets;
    if (only === undefined) return last;
    if (facets.length === 1 && only.name !== 'terms' && indexOf(only.name, order).ordered)
      return { ...last, ...indexOf(only.name, order), facet: only };
    const whole = { user: scope.user, state: stateOf(scope.filter) } as QueryFilter<LinkDoc>;
    const { all, answers, matches } = await this.#selectivity.estimate(whole, facets);
    const ways = facets.map((facet, at): ListWay => {
      const found = matches[at] ?? all;
      const start = facet.name === 'terms' && order !== undefined ? found * JOINING : 0;
      return { ...indexOf(facet.name, order), facet, matches: found, start };
    });
    const first = { ...last, matches: all };
    return chooseWay<ListWay>(answers, [first, ...ways, ...favouriteWords(ways, all, order)], wanted);
  }
}

function stateOf({ trash }: LibraryFilter): string {
  return trash === true ? 'trashed' : 'active';
}

/** @param first the condition that the index answers: of two words an index takes the first */
function whereOf(scope: ListScope, facets: readonly Facet[], first?: Facet): QueryFilter<LinkDoc> {
  const sorted = first === undefined ? facets : [first, ...facets.filter((facet) => facet !== first)];
  const conditions = [...sorted.map(({ where }) => where), ...scope.only];
  return {
    user: scope.user,
    state: stateOf(scope.filter),
    ...(conditions.length > 0 && { $and: conditions }),
  } as QueryFilter<LinkDoc>;
}
