import type { AuthorFacts, LinkMatch } from '@mediafetcher/sdk';
import { compact } from '@mediafetcher/sdk';

/** The post's id as the address has it. */
export function postIdOf(link: LinkMatch): string | undefined {
  return link.key?.slice('tiktok:'.length);
}

/** A creator; the stable id is the secUid, which a renaming does not touch. */
export function buildAuthor(
  id: string | undefined,
  handle: string | undefined,
  name: string | undefined,
): AuthorFacts | undefined {
  if (handle === undefined) return undefined;
  return compact({ id, handle, name, url: `https://www.tiktok.com/@${encodeURIComponent(handle)}` });
}
