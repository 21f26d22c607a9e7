import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { icon } from '../elements/icons.ts';
import '../home/mf-omnibox.ts';
import { placeName } from '../library/place-name.ts';
import type { Router } from '../router/router.ts';
import type { Folders } from '../state/folders.ts';
import { t } from '../words/t.ts';
import './mf-account.ts';
import { ROUTES } from './nav.ts';
import { goSearch } from './search.ts';

interface Bar {
  readonly router: Router;
  readonly folders: Folders;
  readonly add: (text: string) => void;
  readonly openKeys: () => void;
  readonly openPalette: () => void;
}

/** The bar over the page: search, and on a phone the way back and the account. */
export function renderBar({ router, folders, add, openKeys, openPalette }: Bar): TemplateResult {
  const { page } = router;
  const filter = page.name === 'home' || page.name === 'library' ? page.filter : {};
  const inside = page.name === 'library' && page.place.kind !== 'folders';
  return html`<header class="bar">
    ${
      inside
        ? html`<a class="icb only-phone" href=${router.href(ROUTES.library)} aria-label=${t('folder_all')}
            >${icon('chev-l')}</a
          >`
        : nothing
    }
    <mf-omnibox
      .value=${filter.q ?? ''}
      .scope=${page.name === 'library' ? placeName(page.place, folders) : ''}
      @mf-search=${(event: CustomEvent<string>) => goSearch(router, event.detail)}
      @mf-links=${(event: CustomEvent<string>) => add(event.detail)}
    ></mf-omnibox>
    <a class="btn main only-desk" href=${router.href(ROUTES.add)}>${icon('plus', 'sm')}${t('add')}</a>
    <mf-account class="only-phone" @mf-keys=${openKeys} @mf-palette=${openPalette}></mf-account>
  </header>`;
}
