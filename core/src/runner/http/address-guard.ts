import { lookup as resolveName } from 'node:dns';
import type { LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import { PluginError } from '@mediafetcher/sdk';

/** True for an address that anybody on the internet can have: no private, loopback, link-local, CGNAT or mapped one. */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.parse(address);
  // A v4 address in v6 clothes ("ipv4Mapped", "6to4", "teredo", …) has a range of its own, so it is refused as well.
  return parsed.range() === 'unicast';
}

/** Refuses a host that is itself an address which is not public; those are never looked up. @throws MF_ERR_UNSUPPORTED */
export function checkLiteralHost(hostname: string): void {
  const address = hostname.replace(/^\[|\]$/g, '');
  if (isIP(address) !== 0 && !isPublicAddress(address)) throw privateHost(hostname);
}

/** A name resolved once, at the moment of connecting, to public addresses only: what was checked is what is used. */
export const lookupPublic: LookupFunction = (hostname, options, callback) => {
  resolveName(hostname, { ...options, all: true }, (error, addresses) => {
    const usable = error === null ? addresses.filter(({ address }) => isPublicAddress(address)) : [];
    const [first] = usable;
    if (error !== null) callback(error, []);
    else if (first === undefined) callback(privateHost(hostname), []);
    else answer(options.all === true, usable, first, callback);
  });
};

function answer(
  all: boolean,
  usable: LookupAddress[],
  first: LookupAddress,
  callback: Parameters<LookupFunction>[2],
): void {
  if (all) callback(null, usable);
  else callback(null, first.address, first.family);
}

function privateHost(hostname: string): PluginError {
  return new PluginError('MF_ERR_UNSUPPORTED', `${hostname} leads into a private network and is not asked.`);
}
