import { html } from 'lit';
import type { TemplateResult } from 'lit';
import '../elements/mf-empty.ts';
import type { Page, Route } from '../router/route.ts';
import { placeKey } from '../router/library-place.ts';
import { t } from '../words/t.ts';

/** A page that can show a post's card again. */
export interface PostPage extends HTMLElement {
  focusPost?(postId: string): void;
}

/** Tag of the element that shows a page. */
export function tagOf(page: Page): string {
  if (page.name !== 'library') return `mf-${page.name}`;
  if (page.place.kind === 'tags' || page.place.kind === 'trash') return `mf-${page.place.kind}`;
  return 'mf-library';
}

/** One text for one page: what is filtered by in it does not count. */
export const pageKey = (page: Page): string => (page.name === 'library' ? placeKey(page.place) : page.name);

/** A page's element; its code comes when it is first needed. */
export function renderPage(page: Page, hrefOf: (route: Route) => string): TemplateResult {
  switch (page.name) {
    case 'downloads':
      void import('../downloads/mf-downloads.ts');
      return html`<mf-downloads .tab=${page.tab}></mf-downloads>`;
    case 'library':
      return renderLibrary(page);
    case 'status':
      void import('../dashboard/mf-status.ts');
      return html`<mf-status></mf-status>`;
    case 'settings':
      void import('../settings/mf-settings.ts');
      return html`<mf-settings .section=${page.section}></mf-settings>`;
    case 'missing':
      return html`<mf-empty icon="search" .heading=${t('missing')} .text=${t('missing_text')}>
        <a class="btn big" href=${hrefOf({ name: 'home', filter: {} })}>${t('missing_home')}</a>
      </mf-empty>`;
    default:
      return html`<mf-home .filter=${page.name === 'home' ? page.filter : {}}></mf-home>`;
  }
}

function renderLibrary({ place, filter }: Extract<Page, { name: 'library' }>): TemplateResult {
  switch (place.kind) {
    case 'tags':
      void import('../library/mf-tags.ts');
      return html`<mf-tags></mf-tags>`;
    case 'trash':
      void import('../library/mf-trash.ts');
      return html`<mf-trash .filter=${filter}></mf-trash>`;
    default:
      void import('../library/mf-library.ts');
      return html`<mf-library .place=${place} .filter=${filter}></mf-library>`;
  }
}

/** The library's places, at the side of its pages; on a phone they are a page of their own. */
export function renderSide(page: Page): TemplateResult {
  if (page.name !== 'library') return html``;
  void import('../library/mf-library-side.ts');
  return html`<aside class="side" aria-label=${t('library_side')}>
    <mf-library-side .place=${page.place}></mf-library-side>
  </aside>`;
}
