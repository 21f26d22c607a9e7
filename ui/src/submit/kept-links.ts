/** What was in the form for links when it was closed by mistake, and whose that was. */
let kept: { readonly userId: string; readonly text: string } | undefined;

/** Keeps links for the next time that the same person opens the form, as long as the page is open. */
export function keepLinks(userId: string, text: string): void {
  kept = text.trim() === '' ? undefined : { userId, text };
}

/** Takes what was kept for a person; it is kept no longer. */
export function takeLinks(userId: string): string {
  const text = kept?.userId === userId ? kept.text : '';
  kept = undefined;
  return text;
}
