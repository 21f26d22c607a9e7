import { html, nothing } from 'lit';
import { icon } from '../elements/icons.ts';
import '../elements/mf-menu.ts';
import type { Preferences } from '../state/preferences.ts';
import { t } from '../words/library.ts';
import { FOLDER_SORTS } from './folder-sort.rules.ts';

/** The button that chooses in which order folders are shown. */
export const renderFolderSort = (preferences: Preferences | undefined) => {
  if (!preferences) return nothing;
  const chosen = preferences.folderSort;
  return html`<mf-menu .label=${t('folder_sort')}>
    <button slot="trigger" class="icb" aria-label=${t('folder_sort')} title=${t('folder_sort')}>${icon('rows')}</button>
    ${FOLDER_SORTS.map(
      (sort) =>
        html`<button
          class="item"
          role="menuitemradio"
          aria-checked=${sort === chosen}
          @click=${() => preferences.setFolderSort(sort)}
        >
          ${t(`folder_sort_${sort}`)}${sort === chosen ? html`<span class="tick">${icon('check', 'sm')}</span>` : nothing}
        </button>`,
    )}
  </mf-menu>`;
};
