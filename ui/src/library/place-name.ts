import type { LibraryPlace } from '../router/library-place.ts';
import type { Folders } from '../state/folders.ts';
import { t } from '../words/t.ts';

/** What a place is called; empty for the library as a whole, and for a folder that is not known yet. */
export function placeName(place: LibraryPlace, folders: Pick<Folders, 'byId'>): string {
  switch (place.kind) {
    case 'folders':
      return '';
    case 'tag':
      return `#${place.tag}`;
    case 'folder':
      return place.id === 'inbox' ? t('inbox') : (folders.byId(place.id)?.name ?? '');
    default:
      return t(place.kind);
  }
}
