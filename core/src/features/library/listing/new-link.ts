import type { LinkDoc, PostDoc } from '../models.ts';
import { SHARED_SCOPE } from '../models.ts';
import { listFactsOf } from './list-facts.rules.ts';

/** What a link of this post begins with: in no folder, with no words of its own. */
export function newLinkFields(post: PostDoc) {
  return {
    key: post.key,
    ...listFactsOf(post),
    folders: [],
    inbox: true,
    tags: [],
    shuffle: Math.random(),
    rev: 0,
    ...(post.scope !== SHARED_SCOPE && { own: true }),
  } satisfies Partial<LinkDoc>;
}
