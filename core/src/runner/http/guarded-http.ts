import { request as send } from 'undici';
import type { Dispatcher } from 'undici';
import type { GuardedHttp, HttpResponse, ProgressUpdate } from '@mediafetcher/sdk';
import { PluginError } from '@mediafetcher/sdk';
import { checkLiteralHost } from './address-guard.ts';
import { createDispatcher } from './dispatcher.ts';
import type { DispatcherOptions } from './dispatcher.ts';
import { downloadFile } from './download-file.ts';
import { isListedHost } from './host-rules.ts';
import { toHttpFailure } from './http-failure.ts';

export interface GuardedHttpOptions extends DispatcherOptions {
  /** The manifest's `hosts`. */
  readonly hosts: readonly string[];
  /** Hosts that the owner lets through although they are private; these may speak plain http and use any port. */
  readonly allowPrivateHosts: readonly string[];
  readonly signal: AbortSignal;
  readonly stagingDirectory: string;
  readonly maxFileBytes: number;
  /** Called once for each download: its progress goes there. */
  readonly onDownload: () => (update: ProgressUpdate) => void;
}

/** Bytes of a page that are read. */
const MAX_TEXT_BYTES = 5_000_000;
const REQUEST_TIMEOUT_MS = 30_000;
const USER_AGENT =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/146.0.0.0 Safari/537.36';

/** What a guarded request asks for. */
export interface GuardedRequest {
  readonly method: 'GET' | 'HEAD';
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

/** Sends one request that the guard has let through. @throws PluginError */
export type GuardedSend = (url: string, request: GuardedRequest) => Promise<Dispatcher.ResponseData>;

/** HTTP of one plugin in one job. */
export function createGuardedHttp(options: GuardedHttpOptions): GuardedHttp {
  const guardedSend = createGuardedSend(options);
  return {
    async request(url, { method = 'GET', headers = {} } = {}) {
      const signal = AbortSignal.any([options.signal, AbortSignal.timeout(REQUEST_TIMEOUT_MS)]);
      return readResponse(await guardedSend(url, { method, headers, signal }), signal);
    },
    download: (url, path, { headers = {} } = {}) =>
      downloadFile(guardedSend, { ...options, url, path, headers, onProgress: options.onDownload() }),
  };
}

function createGuardedSend(options: GuardedHttpOptions): GuardedSend {
  const dispatchers = new Map<boolean, Dispatcher>();
  const dispatcherFor = (allowPrivate: boolean): Dispatcher => {
    const known = dispatchers.get(allowPrivate);
    if (known !== undefined) return known;
    const made = createDispatcher(options, allowPrivate);
    dispatchers.set(allowPrivate, made);
    return made;
  };
  return async (url, { method, headers, signal }) => {
    const target = checkTarget(url, options);
    const dispatcher = dispatcherFor(isListedHost(target.hostname, options.allowPrivateHosts));
    try {
      return await send(target, { method, dispatcher, signal, headers: { 'user-agent': USER_AGENT, ...headers } });
    } catch (error) {
      throw toHttpFailure(error, target.hostname, options.signal);
    }
  };
}

/** @throws MF_ERR_UNSUPPORTED for an address that this plugin may not ask */
export function checkTarget(
  url: string,
  { hosts, allowPrivateHosts }: Pick<GuardedHttpOptions, 'hosts' | 'allowPrivateHosts'>,
): URL {
  if (!URL.canParse(url)) throw new PluginError('MF_ERR_UNSUPPORTED', 'That is not a web address.');
  const target = new URL(url);
  const allowed = isListedHost(target.hostname, allowPrivateHosts);
  if (!isListedHost(target.hostname, hosts)) {
    throw new PluginError('MF_ERR_UNSUPPORTED', `${target.hostname} is not one of the hosts that this plugin asks.`);
  }
  if (target.username !== '' || target.password !== '') {
    throw new PluginError('MF_ERR_UNSUPPORTED', 'An address with a user name in it is not asked.');
  }
  if (!allowed && (target.protocol !== 'https:' || target.port !== '')) {
    throw new PluginError('MF_ERR_UNSUPPORTED', `${target.hostname} is asked over https on its usual port only.`);
  }
  if (!['https:', 'http:'].includes(target.protocol))
    throw new PluginError('MF_ERR_UNSUPPORTED', 'Only http and https are asked.');
  if (!allowed) checkLiteralHost(target.hostname);
  return target;
}

function readResponse(response: Dispatcher.ResponseData, signal: AbortSignal): HttpResponse {
  const headers = Object.fromEntries(
    Object.entries(response.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );
  // A body that nobody reads may still fail later; that must not end the process.
  response.body.on('error', () => undefined);
  return { status: response.statusCode, headers, text: () => readText(response, signal) };
}

async function readText({ body }: Dispatcher.ResponseData, signal: AbortSignal): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > MAX_TEXT_BYTES) throw new PluginError('MF_ERR_TOO_LARGE', 'The page is larger than 5 MB.');
      chunks.push(chunk);
    }
  } catch (error) {
    throw toHttpFailure(error, 'the site', signal);
  }
  return Buffer.concat(chunks, size).toString('utf8');
}
