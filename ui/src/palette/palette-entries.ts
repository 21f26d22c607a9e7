import { ROUTES } from '../app/nav.ts';
import type { Folder, Tag } from '../api/types.ts';
import type { IconName } from '../elements/icons.ts';
import { pathName } from '../library/folder-tree.rules.ts';
import type { LibraryPlace } from '../router/library-place.ts';
import type { Route } from '../router/route.ts';
import { THEMES } from '../state/preferences.ts';
import type { Preferences } from '../state/preferences.ts';
import { LANGUAGE_NAMES, LOCALES } from '../words/t.ts';
import { t } from '../words/palette.ts';
import type { MessageId } from '../words/palette.ts';
import type { Entry } from './palette.rules.ts';

/** An entry that is drawn and chosen. */
export interface Command extends Entry {
  readonly icon: IconName;
  readonly hint?: string;
  readonly run: () => void;
}

type Go = (route: Route) => void;

const PAGES: readonly (readonly [Exclude<keyof typeof ROUTES, 'add'>, IconName, MessageId])[] = [
  ['home', 'home', 'nav_home'],
  ['library', 'folder', 'library'],
  ['downloads', 'download', 'downloads'],
  ['status', 'pulse', 'nav_status'],
  ['settings', 'sliders', 'settings'],
];
const PLACES: readonly (readonly [LibraryPlace, IconName, MessageId])[] = [
  [{ kind: 'folder', id: 'inbox' }, 'inbox', 'inbox'],
  [{ kind: 'favourites' }, 'heart', 'favourites'],
  [{ kind: 'tags' }, 'tag', 'tags'],
  [{ kind: 'trash' }, 'trash', 'trash'],
];

const toPlace = (place: LibraryPlace): Route => ({ name: 'library', place, filter: {} });

/** Pages and places that are always there. */
export function pageCommands(go: Go): Command[] {
  return [
    ...PAGES.map(([page, icon, label]) => ({ id: page, icon, label: t(label), run: () => go(ROUTES[page]) })),
    ...PLACES.map(([place, icon, label]) => ({
      id: `place ${label}`,
      icon,
      label: t(label),
      words: t('library'),
      run: () => go(toPlace(place)),
    })),
  ];
}

/** Every folder, found by its name and by those around it. */
export function folderCommands(folders: readonly Folder[], go: Go): Command[] {
  return folders.map((folder) => {
    const path = pathName(folders, folder.id);
    return {
      id: `folder ${folder.id}`,
      icon: 'folder',
      label: folder.name,
      words: path,
      ...(path === folder.name ? {} : { hint: path }),
      run: () => go(toPlace({ kind: 'folder', id: folder.id })),
    };
  });
}

export const tagCommands = (tags: readonly Tag[], go: Go): Command[] =>
  tags.map(({ name, count }) => ({
    id: `tag ${name}`,
    icon: 'tag',
    label: `#${name}`,
    words: name,
    hint: String(count),
    run: () => go(toPlace({ kind: 'tag', tag: name })),
  }));

/** What the palette can have done. */
export interface Acts {
  readonly add: () => void;
  readonly select: () => void;
  readonly undo: () => void;
  readonly newFolder: () => void;
  readonly keys: () => void;
  readonly signOut: () => void;
  readonly preferences: Preferences | undefined;
}

/** What can be done from everywhere. */
export function actionCommands({ preferences, ...acts }: Acts): Command[] {
  const act = (id: keyof typeof acts, icon: IconName, label: MessageId, hint?: string): Command => ({
    id: `act ${id}`,
    icon,
    label: t(label),
    ...(hint === undefined ? {} : { hint }),
    run: acts[id],
  });
  return [
    act('add', 'plus', 'add'),
    act('newFolder', 'folder-plus', 'palette_new_folder'),
    act('select', 'select', 'palette_select', 'S'),
    act('undo', 'retry', 'palette_undo', 'Z'),
    ...THEMES.map((theme): Command => ({
      id: `theme ${theme}`,
      icon: theme === 'light' ? 'sun' : theme === 'dark' ? 'moon' : 'laptop',
      label: `${t('theme')}: ${t(`theme_${theme}`)}`,
      run: () => preferences?.setTheme(theme),
    })),
    ...LOCALES.map((locale): Command => ({
      id: `language ${locale}`,
      icon: 'globe',
      label: `${t('language')}: ${LANGUAGE_NAMES[locale]}`,
      run: () => void preferences?.setLocale(locale),
    })),
    act('keys', 'keyboard', 'keys', '?'),
    act('signOut', 'logout', 'sign_out'),
  ];
}
