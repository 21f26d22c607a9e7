import type { AuthorFacts, LinkMatch } from '@mediafetcher/sdk';
import { compact } from '@mediafetcher/sdk';

/** The post's id as the address has it: a short code, or `story:` and a number. */
export function postIdOf(link: LinkMatch): string | undefined {
  return link.key?.slice('instagram:'.length);
}

/** A creator; the stable id is the number of the account. */
export function buildAuthor(
  id: string | undefined,
  handle: string | undefined,
  name: string | undefined,
): AuthorFacts | undefined {
  if (handle === undefined) return undefined;
  return compact({ id, handle, name, url: `https://www.instagram.com/${encodeURIComponent(handle)}/` });
}
