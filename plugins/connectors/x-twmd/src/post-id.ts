import type { AuthorFacts, LinkMatch } from '@mediafetcher/sdk';
import { compact } from '@mediafetcher/sdk';

/** Milliseconds since 1970 at which X's ids begin to count. */
const EPOCH = 1_288_834_974_657n;
/** Ids before November 2010 were counted, not timed. */
const FIRST_TIMED_ID = 29_700_859_247n;

/** The post's id as the address has it. */
export function postIdOf(link: LinkMatch): string | undefined {
  return link.key?.slice('x:'.length);
}

/** When a post was made, ISO 8601: its id carries the time. */
export function timeOfPostId(postId: string): string | undefined {
  if (!/^\d{1,19}$/.test(postId) || BigInt(postId) < FIRST_TIMED_ID) return undefined;
  return new Date(Number((BigInt(postId) >> 22n) + EPOCH)).toISOString();
}

/** A person; the stable id is the number of the account. */
export function buildAuthor(
  id: string | undefined,
  handle: string | undefined,
  name: string | undefined,
): AuthorFacts | undefined {
  if (handle === undefined) return undefined;
  return compact({ id, handle, name, url: `https://x.com/${encodeURIComponent(handle)}` });
}
