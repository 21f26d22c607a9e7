import { buildFilterQuery, parseFilter } from './filter.ts';
import type { Filter } from './filter.ts';
import { buildPlace, parsePlace, parsePlaceFilter } from './library-place.ts';
import type { LibraryPlace } from './library-place.ts';

export const DOWNLOAD_TABS = ['now', 'finished', 'failed'] as const;
export type DownloadTab = (typeof DOWNLOAD_TABS)[number];

export const SETTINGS_SECTIONS = [
  'account',
  'people',
  'plugins',
  'cookies',
  'downloads',
  'storage',
  'tools',
  'appearance',
] as const;
export type SettingsSection = (typeof SETTINGS_SECTIONS)[number];

export const SETUP_STEPS = ['you', 'folder', 'tools', 'ready'] as const;
export type SetupStep = (typeof SETUP_STEPS)[number];

/** What lies underneath. */
export type Page =
  | { readonly name: 'home'; readonly filter: Filter }
  | { readonly name: 'library'; readonly place: LibraryPlace; readonly filter: Filter }
  | { readonly name: 'downloads'; readonly tab: DownloadTab }
  | { readonly name: 'status' }
  | { readonly name: 'settings'; readonly section: SettingsSection }
  | { readonly name: 'login'; readonly next: string }
  | { readonly name: 'setup'; readonly step: SetupStep }
  | { readonly name: 'missing' };

/** What lies over a page. */
export type Overlay =
  | { readonly name: 'viewer'; readonly postId: string; readonly item: number }
  | { readonly name: 'add'; readonly text: string };

export type Route = Page | Overlay;

export const isOverlay = (route: Route): route is Overlay => route.name === 'viewer' || route.name === 'add';

/** Path below the base (no leading slash) and query → route. */
export function parseRoute(path: string, query: URLSearchParams): Route {
  const [first = '', second, third, ...rest] = path.replace(/^\/+|\/+$/g, '').split('/');
  if (rest.length > 0) return { name: 'missing' };
  switch (first) {
    case 'library': {
      const place = parsePlace([second, third].filter((part) => part !== undefined));
      return place ? { name: 'library', place, filter: parsePlaceFilter(place, query) } : { name: 'missing' };
    }
    case 'settings': {
      const section = SETTINGS_SECTIONS.find((known) => known === (second ?? 'account'));
      return section && third === undefined ? { name: 'settings', section } : { name: 'missing' };
    }
    case '':
    case 'index.html':
      return { name: 'home', filter: parseFilter(query) };
    case 'm':
      if (!second) break;
      return { name: 'viewer', postId: decodePart(second), item: Math.max(1, Math.floor(Number(third ?? 1)) || 1) };
    case 'add':
      if (second !== undefined) break;
      return {
        name: 'add',
        text: ['url', 'text', 'title']
          .map((name) => query.get(name) ?? '')
          .join('\n')
          .trim(),
      };
    case 'downloads':
      if (second === undefined) return { name: 'downloads', tab: 'now' };
      if ((second === 'finished' || second === 'failed') && third === undefined)
        return { name: 'downloads', tab: second };
      break;
    case 'status':
      return second === undefined ? { name: 'status' } : { name: 'missing' };
    case 'login':
      return { name: 'login', next: query.get('next') ?? '' };
    case 'setup': {
      const step = SETUP_STEPS.find((known) => known === (second ?? 'you'));
      return step && third === undefined ? { name: 'setup', step } : { name: 'missing' };
    }
  }
  return { name: 'missing' };
}

/** Route → path and query below the base, no leading slash: the reverse of `parseRoute`. */
export function buildPath(route: Route): string {
  switch (route.name) {
    case 'home':
      return buildFilterQuery(route.filter);
    case 'viewer':
      return `m/${encodeURIComponent(route.postId)}${route.item > 1 ? `/${route.item}` : ''}`;
    case 'add':
      return `add${route.text ? `?${new URLSearchParams({ text: route.text })}` : ''}`;
    case 'library':
      return buildPlace(route.place, route.filter);
    case 'settings':
      return route.section === 'account' ? 'settings' : `settings/${route.section}`;
    case 'downloads':
      return route.tab === 'now' ? 'downloads' : `downloads/${route.tab}`;
    case 'login':
      return `login${route.next ? `?${new URLSearchParams({ next: route.next })}` : ''}`;
    case 'status':
      return 'status';
    case 'setup':
      return route.step === 'you' ? 'setup' : `setup/${route.step}`;
    case 'missing':
      return '';
  }
}

function decodePart(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // A stray % is no reason to show a blank page.
  }
}
