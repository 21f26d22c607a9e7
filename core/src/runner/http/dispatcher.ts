import { readFileSync } from 'node:fs';
import { getCACertificates } from 'node:tls';
import { Agent, ProxyAgent } from 'undici';
import type { Dispatcher } from 'undici';
import { lookupPublic } from './address-guard.ts';

export interface DispatcherOptions {
  readonly proxy?: string;
  /** PEM file with certificate authorities that are trusted besides Node's own. */
  readonly extraCaFile?: string;
}

const CONNECT_TIMEOUT_MS = 10_000;
const LIMITS = { headersTimeout: 20_000, bodyTimeout: 30_000, connections: 8 } as const;

/** Connections of one job. With a proxy, names go to the proxy: it resolves them. */
export function createDispatcher({ proxy, extraCaFile }: DispatcherOptions, allowPrivate: boolean): Dispatcher {
  const trust =
    extraCaFile === undefined ? {} : { ca: [...getCACertificates('default'), readFileSync(extraCaFile, 'utf8')] };
  const tls = { ...trust, timeout: CONNECT_TIMEOUT_MS };
  if (proxy !== undefined) return new ProxyAgent({ uri: proxy, requestTls: tls, proxyTls: tls, ...LIMITS });
  return new Agent({ connect: { ...tls, ...(!allowPrivate && { lookup: lookupPublic }) }, ...LIMITS });
}
