import type { Verdict } from '../api/types.ts';

/** One link of the dialog and what is known of it. */
export interface LinkEntry {
  readonly url: string;
  readonly state: 'reading' | 'ready' | 'have' | 'coming' | 'twice' | 'refused' | 'sending' | 'failed';
  readonly verdict?: Verdict;
  /** What the person has chosen for it. */
  readonly chosen?: Readonly<Record<string, unknown>>;
  /** Code and sentence of a refusal. */
  readonly error?: { readonly code: string; readonly message: string };
}

/** What the server's verdict makes of a link, beside the links before it. */
export function judge(url: string, verdict: Verdict, before: readonly LinkEntry[]): LinkEntry {
  if (!verdict.supported)
    return { url, verdict, state: 'refused', error: { code: verdict.code ?? '', message: verdict.message ?? '' } };
  if (verdict.existing) return { url, verdict, state: 'have' };
  if (verdict.download) return { url, verdict, state: 'coming' };
  const same = before.some(
    (entry) =>
      entry.url !== url &&
      entry.verdict?.supported === true &&
      (entry.verdict.key ?? entry.verdict.url) === (verdict.key ?? verdict.url),
  );
  return { url, verdict, state: same ? 'twice' : 'ready' };
}

/** Those that the button would download. */
export const toDownload = (entries: readonly LinkEntry[]): LinkEntry[] =>
  entries.filter(({ state }) => state === 'ready' || state === 'failed');
