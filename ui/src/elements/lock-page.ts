/** Keeps the page from scrolling, at the same width. */
export function lockPage(locked: boolean): void {
  const page = document.documentElement;
  if (page.classList.contains('is-locked') === locked) return;
  if (locked) page.style.setProperty('--mf-scrollbar', `${window.innerWidth - page.clientWidth}px`);
  page.classList.toggle('is-locked', locked);
}
