import type { Page } from '../router/route.ts';
import { t } from '../words/t.ts';

/** What the browser's tab says: how many downloads run, and where one is. */
export function pageTitle({ name }: Page, running: number): string {
  const busy = running > 0 ? `(${running}) ` : '';
  const named = name === 'downloads' || name === 'library' || name === 'settings' || name === 'status';
  return named ? `${busy}${t(name === 'status' ? 'nav_status' : name)} · MediaFetcher` : `${busy}MediaFetcher`;
}
