import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { FolderAct } from '../library/folder-act.ts';
import type { Router } from '../router/router.ts';
import { renderDropHint } from './drop-hint.ts';

/** A list that lies over everything. */
export type OverList = 'keys' | 'palette';

interface Over {
  readonly router: Router;
  readonly list: OverList | undefined;
  /** What is to be done with a folder, once its question is answered. */
  readonly act: FolderAct | undefined;
  /** A link is held over the page. */
  readonly dragging: boolean;
  readonly ask: (act: FolderAct | undefined) => void;
  readonly openKeys: () => void;
  readonly closeList: () => void;
}

/** What lies over the page; its code comes when it is first needed. */
export function renderOver({ router, list, act, dragging, ask, openKeys, closeList }: Over): TemplateResult {
  return html`${renderOverlay(router)} ${list === undefined ? nothing : renderList(list, { ask, openKeys, closeList })}
  ${act ? renderAct(act, ask) : nothing} ${dragging ? renderDropHint() : nothing}`;
}

function renderOverlay(router: Router) {
  const { overlay } = router;
  const close = (): void => router.closeOverlay();
  switch (overlay?.name) {
    case 'viewer':
      void import('../viewer/mf-viewer.ts');
      return html`<mf-viewer .postId=${overlay.postId} .item=${overlay.item} @mf-close=${close}></mf-viewer>`;
    case 'add':
      void import('../submit/mf-submit.ts');
      return html`<mf-submit .text=${overlay.text} @mf-close=${close}></mf-submit>`;
    default:
      return nothing;
  }
}

function renderList(list: OverList, { ask, openKeys, closeList }: Pick<Over, 'ask' | 'openKeys' | 'closeList'>) {
  if (list === 'keys') {
    void import('./mf-keys.ts');
    return html`<mf-keys @mf-close=${closeList}></mf-keys>`;
  }
  void import('../palette/mf-palette.ts');
  return html`<mf-palette
    @mf-close=${closeList}
    @mf-keys=${openKeys}
    @mf-folder-act=${(event: CustomEvent<FolderAct>) => ask(event.detail)}
  ></mf-palette>`;
}

function renderAct(act: FolderAct, ask: Over['ask']) {
  void import('../library/mf-folder-act.ts');
  return html`<mf-folder-act .act=${act} @mf-close=${() => ask(undefined)}></mf-folder-act>`;
}
