import { readFile } from 'node:fs/promises';
import { getCACertificates } from 'node:tls';
import type { Dispatcher } from 'undici';
import type { SessionRules } from '@mediafetcher/sdk';
import type { BrowserCookie } from './cookies.rules.ts';
import type { SessionTest } from './model.ts';

export interface CheckOptions {
  readonly proxyUrl?: string;
  /** PEM file with certificate authorities that are trusted besides Node's own. */
  readonly extraCaFile?: string;
}

const TIMEOUT_MS = 10_000;
const MAX_BYTES = 1_000_000;
const USER_AGENT = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';

/**
 * Asks the platform once whether it takes a session, where its connector says that this is safe. An answer that says neither yes nor no
 * (a wall, a limit, no connection) is no refusal. Never throws.
 */
export async function checkSession(
  rules: SessionRules | undefined,
  cookies: readonly BrowserCookie[],
  options: CheckOptions,
): Promise<SessionTest> {
  if (rules?.check === undefined) return 'not-tested';
  const { url, signedIn } = rules.check;
  // Loaded here only: most servers never ask.
  const [{ RE2JS }, { request }] = await Promise.all([import('re2js'), import('undici')]);
  const dispatcher = await createDispatcher(options);
  try {
    const { statusCode, body } = await request(url, {
      dispatcher,
      headers: { cookie: headerFor(url, cookies), 'user-agent': USER_AGENT, accept: '*/*' },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const text = await readText(body);
    if (statusCode === 401) return 'refused';
    if (statusCode !== 200) return 'unreachable';
    return RE2JS.compile(signedIn).matcher(text).find() ? 'passed' : 'refused';
  } catch {
    return 'unreachable'; // What is wrong with the connection is told by the first download.
  } finally {
    await dispatcher.destroy();
  }
}

async function createDispatcher({ proxyUrl, extraCaFile }: CheckOptions): Promise<Dispatcher> {
  const ca =
    extraCaFile === undefined ? {} : { ca: [...getCACertificates('default'), await readFile(extraCaFile, 'utf8')] };
  const tls = { ...ca, timeout: TIMEOUT_MS };
  const { Agent, ProxyAgent } = await import('undici');
  return proxyUrl === undefined
    ? new Agent({ connect: tls })
    : new ProxyAgent({ uri: proxyUrl, requestTls: tls, proxyTls: tls });
}

/** Of the cookies only those that a browser would send there. */
function headerFor(url: string, cookies: readonly BrowserCookie[]): string {
  const { hostname } = new URL(url);
  return cookies
    .filter(({ domain }) => `.${hostname}`.endsWith(`.${domain.replace(/^\./, '').toLowerCase()}`))
    .map(({ name, value }) => `${name}=${value}`)
    .join('; ');
}

async function readText(body: Dispatcher.ResponseData['body']): Promise<string> {
  let text = '';
  for await (const chunk of body as AsyncIterable<Buffer>) {
    text += chunk.toString('latin1');
    if (text.length > MAX_BYTES) break;
  }
  return text;
}
