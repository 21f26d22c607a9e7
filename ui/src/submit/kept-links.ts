import type { LinkEntry } from './link-entry.ts';
import type { Filing } from './mf-submit-filing.ts';

/** What is in the form for links: they, what was chosen for each, what is typed in the box, and where all of it goes. */
export interface Draft {
  readonly links: readonly Pick<LinkEntry, 'url' | 'chosen'>[];
  readonly typed: string;
  readonly filing: Filing;
}

/** What was in the form when it was closed by mistake, and whose that was. */
let kept: { readonly userId: string; readonly draft: Draft } | undefined;

/** Keeps a draft, with what is kept already, for the next time that the same person opens the form, as long as the page is open. */
export function keepLinks(userId: string, draft: Draft): void {
  if (draft.links.length === 0 && draft.typed.trim() === '') return;
  const before = takeLinks(userId);
  const links = [...(before?.links ?? []), ...draft.links];
  kept = { userId, draft: { ...draft, links, typed: [before?.typed ?? '', draft.typed].join('\n').trim() } };
}

/** Takes what was kept for a person; it is kept no longer. */
export function takeLinks(userId: string): Draft | undefined {
  const draft = kept?.userId === userId ? kept.draft : undefined;
  kept = undefined;
  return draft;
}
