/** A hair more than 1: what browsers tell is not exact. */
const ZOOMED = 1.01;

/** Whether fingers have made the page larger: then they move about in it. */
export const isZoomed = (): boolean => (window.visualViewport?.scale ?? 1) > ZOOMED;

/** Calls `changed` when the page gets larger than it was, or is as it was again, until `signal` ends it. */
export function watchZoom(changed: () => void, signal: AbortSignal): void {
  let zoomed = isZoomed();
  const look = (): void => {
    if (zoomed === isZoomed()) return;
    zoomed = !zoomed;
    changed();
  };
  window.visualViewport?.addEventListener('resize', look, { signal });
}
