/** Names that never leave the own network (RFC 6761, 6762, 8375 and what routers use). */
const PRIVATE_SUFFIXES = [
  'localhost',
  'local',
  'localdomain',
  'internal',
  'intranet',
  'private',
  'corp',
  'lan',
  'home',
  'home.arpa',
  'test',
  'invalid',
  'example',
  'onion',
];

/**
 * True for a host that is no public name: an address by number, a single label, or a name of the own network.
 * Takes a host as `URL` gives it: lower case, numbers of every notation turned into dotted ones.
 */
export function isPrivateHost(host: string): boolean {
  if (host.startsWith('[') || /^\d+\.\d+\.\d+\.\d+$/.test(host)) return true;
  if (!host.includes('.')) return true;
  return PRIVATE_SUFFIXES.some((suffix) => host.endsWith(`.${suffix}`));
}
