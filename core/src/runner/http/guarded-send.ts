import { request as send } from 'undici';
import type { Dispatcher } from 'undici';
import { PluginError } from '@mediafetcher/sdk';
import { checkLiteralHost } from './address-guard.ts';
import { createDispatcher } from './dispatcher.ts';
import type { DispatcherOptions } from './dispatcher.ts';
import { isListedHost } from './host-rules.ts';
import { toHttpFailure } from './http-failure.ts';

export interface GuardedSendOptions extends DispatcherOptions {
  /** The manifest's `hosts`. */
  readonly hosts: readonly string[];
  /** Hosts that the owner lets through although they are private; these may speak plain http and use any port. */
  readonly allowPrivateHosts: readonly string[];
  readonly signal: AbortSignal;
  /** The person's own, lower case; a plugin's come before them. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Told of connections that are made: they stay open until somebody ends them. */
  readonly onConnections?: (made: Dispatcher) => void;
}

/** What a guarded request asks for. */
export interface GuardedRequest {
  readonly method: 'GET' | 'HEAD';
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

/** Sends one request that the guard has let through. @throws PluginError */
export type GuardedSend = (url: string, request: GuardedRequest) => Promise<Dispatcher.ResponseData>;

const USER_AGENT =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/146.0.0.0 Safari/537.36';

/** Sends what the guard lets through, over connections of its own. */
export function createGuardedSend(options: GuardedSendOptions): GuardedSend {
  const dispatchers = new Map<boolean, Dispatcher>();
  const dispatcherFor = (allowPrivate: boolean): Dispatcher => {
    const known = dispatchers.get(allowPrivate);
    if (known !== undefined) return known;
    const made = createDispatcher(options, allowPrivate);
    dispatchers.set(allowPrivate, made);
    options.onConnections?.(made);
    return made;
  };
  return async (url, { method, headers, signal }) => {
    const target = checkTarget(url, options);
    const dispatcher = dispatcherFor(isListedHost(target.hostname, options.allowPrivateHosts));
    try {
      return await send(target, {
        method,
        dispatcher,
        signal,
        headers: { 'user-agent': USER_AGENT, ...options.headers, ...headers },
      });
    } catch (error) {
      throw toHttpFailure(error, target.hostname, options.signal);
    }
  };
}

/** @throws MF_ERR_UNSUPPORTED for an address that this plugin may not ask */
export function checkTarget(
  url: string,
  { hosts, allowPrivateHosts }: Pick<GuardedSendOptions, 'hosts' | 'allowPrivateHosts'>,
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
