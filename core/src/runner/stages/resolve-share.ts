import type { ConnectorManifest, GuardedHttp, LinkMatch } from '@mediafetcher/sdk';
import { PluginError, matchLink } from '@mediafetcher/sdk';

/** Redirects that are followed. */
const MAX_HOPS = 5;
const LOGIN_PATH = /(?:^|[/._-])(?:login|log-in|signin|sign-in|challenge|consent|checkpoint|accounts)(?:$|[/._?-])/i;

/**
 * Follows a share link, without cookies, to the first address that yields a key.
 * Every hop stays on the connector's own hosts: `http` refuses others.
 * @throws MF_ERR_LOGIN_REQUIRED, MF_ERR_NOT_FOUND, MF_ERR_UNSUPPORTED
 */
export async function resolveShare(
  link: LinkMatch,
  manifest: ConnectorManifest,
  http: GuardedHttp,
): Promise<LinkMatch> {
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
  if (response.status === 429) throw new PluginError('MF_ERR_RATE_LIMITED', 'The platform asks for fewer requests.');
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
