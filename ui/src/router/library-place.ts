import { buildFilterQuery, parseFilter } from './filter.ts';
import type { Filter } from './filter.ts';

/** Where in the library somebody is. */
export type LibraryPlace =
  | { readonly kind: 'folders' }
  /** `inbox` is what no folder has. */
  | { readonly kind: 'folder'; readonly id: string }
  | { readonly kind: 'favourites' }
  | { readonly kind: 'tag'; readonly tag: string }
  | { readonly kind: 'tags' }
  | { readonly kind: 'trash' };

const FOLDER = /^(inbox|[0-9a-f]{24})$/;

/** What follows `library/` in the address → place; nothing for an address that is none. */
export function parsePlace(parts: readonly string[]): LibraryPlace | undefined {
  const [first, second, ...rest] = parts;
  if (rest.length > 0) return undefined;
  if (first === undefined) return { kind: 'folders' };
  if (first === 'f' && second !== undefined) return FOLDER.test(second) ? { kind: 'folder', id: second } : undefined;
  if (first === 't' && second) return { kind: 'tag', tag: decodePart(second) };
  if (second === undefined && (first === 'favourites' || first === 'tags' || first === 'trash')) return { kind: first };
  return undefined;
}

/** Place and filter → path and query below `library`: the reverse of `parsePlace`. */
export function buildPlace(place: LibraryPlace, filter: Filter = {}): string {
  return `library${pathOf(place)}${buildFilterQuery(filter)}`;
}

function pathOf(place: LibraryPlace): string {
  switch (place.kind) {
    case 'folders':
      return '';
    case 'folder':
      return `/f/${place.id}`;
    case 'tag':
      return `/t/${encodeURIComponent(place.tag)}`;
    default:
      return `/${place.kind}`;
  }
}

/** What the address filters by besides its place; the place's own part is left out. */
export function parsePlaceFilter(place: LibraryPlace, query: URLSearchParams): Filter {
  const own = Object.keys(filterOf(place, {}));
  const entries = Object.entries(parseFilter(query)).filter(([name]) => !own.includes(name));
  return Object.fromEntries(entries);
}

/** All that narrows the list down: the place and what the person filters by in it. */
export function filterOf(place: LibraryPlace, filter: Filter): Filter {
  switch (place.kind) {
    case 'folder':
      return { ...filter, folder: place.id };
    case 'tag':
      return { ...filter, tag: place.tag };
    case 'favourites':
      return { ...filter, favourite: true };
    case 'trash':
      return { ...filter, trash: true };
    default:
      return filter;
  }
}

/** True where posts are listed. */
export const hasPosts = ({ kind }: LibraryPlace): boolean => kind !== 'folders' && kind !== 'tags';

/** One text for one place. */
export const placeKey = (place: LibraryPlace): string => buildPlace(place);

function decodePart(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // A stray % is no reason to show a blank page.
  }
}
