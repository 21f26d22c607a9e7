import type { LinkResult } from '../links/index.ts';

/**
 * One line for what the host makes of an address, for table tests: `post instagram:CODE https://… #2`; `post?` where only
 * the probe can tell, no key where there is none, `#2` for the item that is meant; or the code of the refusal.
 */
export function describeLink(result: LinkResult): string {
  if (!result.ok) return result.code;
  const { kind, certain, key, url, hints } = result.match;
  const words = [certain ? kind : `${kind}?`, key, url, hints?.item === undefined ? undefined : `#${hints.item}`];
  return words.filter((word) => word !== undefined).join(' ');
}
