import type { ConnectorManifest, GuardedHttp, LinkMatch } from '@mediafetcher/sdk';
import { PluginError, isPluginError, matchLink } from '@mediafetcher/sdk';
import { parseRetryAfter } from '../http/retry-after.ts';

/** Redirects that are followed. */
const MAX_HOPS = 5;
const LOGIN_PATH = /(?:^|[/._-])(?:login|log-in|signin|sign-in|challenge|consent|checkpoint|accounts)(?:$|[/._?-])/i;

/**
 * Finds the post of a share link: without cookies, and where that meets a login page by a tool with the person's cookies.
 * @param signedIn asks with cookies; undefined when there are none
 * @throws MF_ERR_LOGIN_REQUIRED, MF_ERR_NOT_FOUND, MF_ERR_UNSUPPORTED
 */
export async function resolveShare(
  link: LinkMatch,
  manifest: ConnectorManifest,
  http: GuardedHttp,
  signedIn?: (url: string) => Promise<string | undefined>,
): Promise<LinkMatch> {
  try {
    return await followShare(link, manifest, http);
  } catch (error) {
    if (signedIn === undefined || !isPluginError(error) || error.code !== 'MF_ERR_LOGIN_REQUIRED') throw error;
    const address = await signedIn(link.url);
    // The tool followed where the platform led it: only an address that the connector's patterns accept counts.
    const result = address === undefined ? undefined : matchLink(address, [manifest]);
    if (result?.ok === true && result.match.key !== undefined) return withHints(result.match, link);
    throw error;
  }
}

/**
 * Follows the link, without cookies, to the first address that yields a key.
 * Every hop stays on the connector's own hosts: `http` refuses others.
 */
async function followShare(link: LinkMatch, manifest: ConnectorManifest, http: GuardedHttp): Promise<LinkMatch> {
  let url = link.url;
  for (let hop = 0; hop < MAX_HOPS; hop++) {
    const next = await findRedirect(url, http);
    if (next === undefined) break;
    if (LOGIN_PATH.test(next.pathname)) {
      throw new PluginError(
        'MF_ERR_LOGIN_REQUIRED',
        `${manifest.displayName} shows this link to people who are signed in only.`,
      );
    }
    url = next.href;
    const result = matchLink(url, [manifest]);
    if (result.ok && result.match.key !== undefined) return withHints(result.match, link);
    if (!result.ok && result.code === 'MF_ERR_URL_NOT_A_SHORT') throw new PluginError(result.code, result.message);
  }
  throw new PluginError('MF_ERR_NOT_FOUND', `The share link led to no post of ${manifest.displayName}.`);
}

/** HEAD first; a site that does not know it is asked with GET. */
async function findRedirect(url: string, http: GuardedHttp): Promise<URL | undefined> {
  const head = await http.request(url, { method: 'HEAD' });
  const response = isRedirect(head.status) || head.status === 429 ? head : await http.request(url);
  const location = response.headers['location'];
  if (isRedirect(response.status) && location !== undefined && URL.canParse(location, url))
    return new URL(location, url);
  if (response.status === 401 || response.status === 403) {
    throw new PluginError('MF_ERR_LOGIN_REQUIRED', 'The platform shows this link to people who are signed in only.');
  }
  if (response.status === 429) {
    const retryAfterMs = parseRetryAfter(response.headers['retry-after'], Date.now());
    const asked = retryAfterMs === undefined ? {} : { retryAfterMs };
    throw new PluginError('MF_ERR_RATE_LIMITED', 'The platform asks for fewer requests.', asked);
  }
  if (response.status >= 500)
    throw new PluginError('MF_ERR_NETWORK', `The platform answered with HTTP ${response.status}.`);
  return undefined;
}

function isRedirect(status: number): boolean {
  return [301, 302, 303, 307, 308].includes(status);
}

function withHints(match: LinkMatch, link: LinkMatch): LinkMatch {
  return match.hints === undefined && link.hints !== undefined ? { ...match, hints: link.hints } : match;
}
