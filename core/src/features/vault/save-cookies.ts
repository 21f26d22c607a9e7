import type { FastifyInstance } from 'fastify';
import type { ConnectorManifest } from '@mediafetcher/sdk';
import { MAX_JAR_LENGTH } from '../../channel/messages.ts';
import { CodedError } from '../../errors.ts';
import { accountKey } from '../platforms/index.ts';
import { parseCookies } from './browser-export.rules.ts';
import { checkSession } from './check-session.ts';
import { findSessionEnd, hasSession, isBelow, selectCookies } from './cookies.rules.ts';
import type { BrowserCookie } from './cookies.rules.ts';
import { formatNetscape } from './netscape.rules.ts';
import type { CookieStatus, VaultService } from './vault-service.ts';

/** What people may call an account. */
export const ACCOUNT_NAME = '^[\\p{L}\\p{N}_][\\p{L}\\p{N} ._@-]{0,39}$';
/** No platform sets so many for itself. */
const MAX_COOKIES = 500;

export interface GivenCookies {
  /** @default the one platform whose session is among the cookies */
  readonly platform?: string;
  readonly account?: string;
  readonly cookies: unknown;
}

/**
 * Checks cookies, tries them where the platform does not mind, and puts them into the vault. Those of a session that is none do not take
 * the place of good ones.
 * @throws MF_ERR_COOKIES · MF_ERR_VALIDATION
 */
export async function saveCookies(
  { plugins, config, platforms }: Pick<FastifyInstance, 'plugins' | 'config' | 'platforms'>,
  vault: VaultService,
  userId: string,
  { platform, account, cookies: given }: GivenCookies,
): Promise<CookieStatus> {
  const all = parseCookies(given);
  const connector =
    platform === undefined ? findPlatform(all, plugins.connectors) : named(platform, plugins.connectors);
  const cookies = selectCookies(all, connector.hosts);
  if (cookies.length > MAX_COOKIES)
    throw new CodedError(
      'MF_ERR_VALIDATION',
      `There are more than ${MAX_COOKIES} cookies of ${connector.displayName}.`,
    );
  assertFits(cookies, connector);
  const { session } = connector;
  const facts = { site: connector.displayName, now: Date.now() };
  const sessionEndsAt = findSessionEnd(cookies, session?.cookies ?? [], facts);
  const test = await checkSession(session, cookies, config);
  const ref = { userId, platform: connector.platform, ...(account !== undefined && { account }) };
  const saved = await vault.save(ref, cookies, { sessionEndsAt, test });
  // A platform that waited for them goes on.
  if (test !== 'refused') await platforms.renewCookies(saved.platform, accountKey(userId, saved.account));
  return saved;
}

/** A jar that no worker takes would fail every job instead. @throws MF_ERR_COOKIES */
function assertFits(cookies: readonly BrowserCookie[], { displayName }: ConnectorManifest): void {
  if (formatNetscape(cookies).length <= MAX_JAR_LENGTH) return;
  const detail = `The cookies of ${displayName} are larger than ${MAX_JAR_LENGTH / 1e6} MB together.`;
  throw new CodedError('MF_ERR_COOKIES', detail, { help: 'Sign in anew in your browser and send those.' });
}

function named(platform: string, connectors: readonly ConnectorManifest[]): ConnectorManifest {
  const found = connectors.find((manifest) => manifest.platform === platform);
  if (found === undefined) throw new CodedError('MF_ERR_COOKIES', `There is no platform ${platform} here.`);
  return found;
}

function findPlatform(cookies: readonly BrowserCookie[], connectors: readonly ConnectorManifest[]): ConnectorManifest {
  const present = connectors.filter(({ hosts, session }) => {
    const names = session?.cookies ?? [];
    return cookies.some((cookie) => hasSession([cookie], names) && isBelow(cookie.domain, hosts));
  });
  const [only] = present;
  if (only !== undefined && present.length === 1) return only;
  const detail =
    only === undefined
      ? 'No session of a platform is among these cookies.'
      : `Sessions of ${present.map(({ displayName }) => displayName).join(', ')} are among these cookies.`;
  throw new CodedError('MF_ERR_COOKIES', detail, { help: 'Say which you mean: ?platform=' });
}
