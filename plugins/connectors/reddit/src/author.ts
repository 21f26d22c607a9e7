import type { AuthorFacts, LinkMatch } from '@mediafetcher/sdk';
import { compact } from '@mediafetcher/sdk';

/** The post's id as the address has it. */
export function postIdOf(link: LinkMatch): string | undefined {
  return link.key?.slice('reddit:'.length);
}

/** A person who posts; undefined when the account is gone. */
export function buildAuthor(id: string | undefined, handle: string | undefined): AuthorFacts | undefined {
  if (handle === undefined || handle === '[deleted]') return undefined;
  return compact({ id, handle, url: `https://www.reddit.com/user/${encodeURIComponent(handle)}/` });
}
