import { BlockList, isIP } from 'node:net';
import type { FastifyRequest } from 'fastify';
import { CodedError } from './errors.ts';

/** Proxies whose `X-Forwarded-*` are believed when PUBLIC_URL is set: this machine, its containers, the private network. */
export const TRUSTED_PROXIES = 'loopback, linklocal, uniquelocal';

const LOOPBACK = /^(?:127\.|::1$|::ffff:127\.)/;
/** Any of these says that somebody stands between, whoever the last hop is. */
const FORWARDED = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip'];

type Hop = Pick<FastifyRequest, 'headers' | 'protocol'> & {
  readonly socket: { readonly remoteAddress?: string | undefined; readonly localAddress?: string | undefined };
};

/** Whether secrets may travel with a request: over TLS, which may end at a trusted proxy, or without leaving this machine. */
export function isConfidential({ protocol, headers, socket }: Hop): boolean {
  if (protocol === 'https') return true;
  const { remoteAddress = '', localAddress } = socket;
  // A server that listens on one address of the machine is reached by its own workers over that address.
  const sameMachine = LOOPBACK.test(remoteAddress) || remoteAddress === localAddress;
  return sameMachine && FORWARDED.every((name) => headers[name] === undefined);
}

/** Homes and VPNs: RFC 1918, link-local, unique local, and the shared range that overlay networks use. */
const LAN = new BlockList();
for (const [network, prefix] of [
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const)
  LAN.addSubnet(network, prefix, 'ipv4');
for (const [network, prefix] of [
  ['fc00::', 7],
  ['fe80::', 10],
] as const)
  LAN.addSubnet(network, prefix, 'ipv6');

function isInLan(address: string): boolean {
  const plain = address.replace(/^::ffff:(?=\d+\.)/, '');
  return isIP(plain) !== 0 && LAN.check(plain, isIP(plain) === 6 ? 'ipv6' : 'ipv4');
}

/**
 * Takes platform cookies and request headers only where no stranger on the way can read them.
 * @throws MF_ERR_INSECURE over plain http from beyond the private network; with TRUST_LAN off, from any other machine
 */
export function assertConfidential(
  request: Pick<FastifyRequest, 'headers' | 'protocol' | 'socket' | 'ip' | 'server'>,
): void {
  if (isConfidential(request)) return;
  const { remoteAddress = '' } = request.socket;
  const lastHopNear = isInLan(remoteAddress) || LOOPBACK.test(remoteAddress);
  if (request.server.config.trustLan && lastHopNear && isInLan(request.ip)) return;
  throw new CodedError('MF_ERR_INSECURE');
}
