import type { LinkMatch } from '../link.ts';

/** A link to a post as the host hands it to a connector. */
export function createPostLink(key: string, url: string, certain = true): LinkMatch {
  const platform = key.split(':', 1)[0] ?? '';
  return { connector: platform, platform, kind: 'post', key, certain, url };
}
