const NEVER_A_PAGE = /^\/(?:api|graphql|assets|worker|health|metrics)(?:[/?]|$)/;
const FRONT_DOOR = /^\/(?:\?|$)/;

/** Whether the web app answers: to browsers wherever its own pages may be, at the front door to everybody, as `curl`. */
export function isPageRequest(method: string, url: string, accept: string | undefined): boolean {
  if (method !== 'GET' && method !== 'HEAD') return false;
  return FRONT_DOOR.test(url) || (!NEVER_A_PAGE.test(url) && accept?.includes('text/html') === true);
}
