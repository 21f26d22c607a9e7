export type { LinkResult } from './match-link.ts';
export { matchLink } from './match-link.ts';
export type { NormalAddress, NormalizedUrl } from './normalize-url.ts';
export { MAX_URL_LENGTH, normalizeUrl } from './normalize-url.ts';
export { isPrivateHost } from './private-host.ts';
export type { LinkRefusal, LinkRefusalCode } from './refusal.ts';
export { LINK_REFUSAL_CODES } from './refusal.ts';
export type { ManifestResult } from './validate-manifest.ts';
export { isBoundedRange, validateManifest } from './validate-manifest.ts';
