import { html, nothing } from 'lit';
import type { Route } from '../router/route.ts';
import { formatNumber } from '../words/format.ts';
import { tn } from '../words/t.ts';

export type Destination = 'home' | 'library' | 'downloads' | 'status' | 'settings' | 'add';

/** Where each leads. */
export const ROUTES: Readonly<Record<Destination, Route>> = {
  home: { name: 'home', filter: {} },
  library: { name: 'library', place: { kind: 'folders' }, filter: {} },
  downloads: { name: 'downloads', tab: 'now' },
  status: { name: 'status' },
  settings: { name: 'settings', section: 'account' },
  add: { name: 'add', text: '' },
};

/** What a person has to know without looking: citron for running, red for "needs you", which wins. */
export function countBadge(running: number, needsYou: number) {
  if (needsYou > 0)
    return html`<span class="count alert" role="img" aria-label=${tn('n_failed', needsYou)}
      >${formatNumber(needsYou)}</span
    >`;
  if (running > 0)
    return html`<span class="count" role="img" aria-label=${tn('n_running', running)}>${formatNumber(running)}</span>`;
  return nothing;
}
