import { hasPosts } from '../router/library-place.ts';
import type { Router } from '../router/router.ts';

/**
 * Shows what a search finds: among the posts of the page, else among all. Going on with a search replaces its address;
 * starting one can be gone back from.
 */
export function goSearch(router: Router, q: string): void {
  const { page } = router;
  const listed = page.name === 'home' || (page.name === 'library' && hasPosts(page.place));
  const { q: before, ...rest } = listed ? page.filter : {};
  if (listed && (before ?? '') === q) return;
  const filter = q ? { ...rest, q } : rest;
  const replace = { replace: listed && before !== undefined };
  router.go(page.name === 'library' && listed ? { ...page, filter } : { name: 'home', filter }, replace);
}
