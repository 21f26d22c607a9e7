import type { FastifyRequest } from 'fastify';

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
