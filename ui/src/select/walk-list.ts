/** Up and Down walk through the rows of a list and the field above it. */
export function walkList(event: KeyboardEvent, root: ParentNode): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step === 0) return;
  const rows = [...root.querySelectorAll<HTMLElement>('input, .item')];
  const at = rows.findIndex((row) => row.matches(':focus'));
  const next = rows[at + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
}
