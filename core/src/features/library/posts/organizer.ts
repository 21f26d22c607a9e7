import type { UpdateQuery } from 'mongoose';
import { CodedError } from '../../../errors.ts';
import { labelOf, listFactsOf } from '../listing/list-facts.rules.ts';
import type { LibraryEntry } from '../library-query.ts';
import type { LibraryModels, LinkDoc, PostDoc } from '../models.ts';
import { normalizeTags } from '../tags/tag.rules.ts';
import type { TagsService } from '../tags/tags-service.ts';

const MAX_NOTE = 10_000;
const MAX_TITLE = 500;
const TRIES = 20;

/** What a person says of a post; what is not given stays. */
export interface OwnWords {
  readonly favourite?: boolean;
  /** Empty: none. */
  readonly note?: string;
  /** Empty: the post's own. */
  readonly title?: string;
  readonly tags?: readonly string[];
  /** Indexes of items that are not shown. */
  readonly hiddenItems?: readonly number[];
}

/** Favourite, note, title, tags and hidden items of a person's post. */
export class Organizer {
  readonly #models: LibraryModels;
  readonly #tags: TagsService;

  constructor(models: LibraryModels, tags: TagsService) {
    this.#models = models;
    this.#tags = tags;
  }

  /**
   * @param options.countsTags false: whoever changes many posts counts their tags once @default true
   * @throws MF_ERR_UNKNOWN · MF_ERR_VALIDATION
   */
  async change(
    userId: string,
    linkId: string,
    words: OwnWords | ((link: LinkDoc) => OwnWords),
    { countsTags = true }: { countsTags?: boolean } = {},
  ): Promise<LibraryEntry> {
    const { Link, Post } = this.#models;
    for (let tries = 0; tries < TRIES; tries += 1) {
      const link = await Link.findOne({ _id: linkId, user: userId, state: { $in: ['active', 'trashed'] } }).lean();
      const post = link === null ? null : await Post.findById(link.post).lean();
      if (link === null || post === null) throw new CodedError('MF_ERR_UNKNOWN', 'This post is not in your library.');
      const wanted = typeof words === 'function' ? words(link) : words;
      const update = updateOf(link, post, wanted);
      const touched = wanted.tags === undefined || !countsTags ? [] : differing(link.tags, normalizeTags(wanted.tags));
      const changed = await this.#tags.around(link.user, touched, async () =>
        Link.findOneAndUpdate({ _id: link._id, rev: link.rev, state: link.state }, update, {
          returnDocument: 'after',
          lean: true,
        }),
      );
      // Null: changed elsewhere at the same time. What is derived has to follow that too.
      if (changed !== null) return { link: changed, post };
    }
    throw new CodedError('MF_ERR_STATE', 'The post is being changed elsewhere. Try again.');
  }
}

/** Tags that are in one of two lists only. */
function differing(before: readonly string[], after: readonly string[]): string[] {
  const [old, now] = [new Set(before.map(labelOf)), new Set(after.map(labelOf))];
  return [...before, ...after].filter((tag) => old.has(labelOf(tag)) !== now.has(labelOf(tag)));
}

function updateOf(link: LinkDoc, post: PostDoc, words: OwnWords): UpdateQuery<LinkDoc> {
  const changes: Partial<Record<keyof LinkDoc, unknown>> = {
    ...(words.favourite !== undefined && { favourite: words.favourite ? true : undefined }),
    ...(words.note !== undefined && { note: textOf(words.note, MAX_NOTE) }),
    ...(words.title !== undefined && { title: textOf(words.title, MAX_TITLE) }),
    ...(words.tags !== undefined && { tags: normalizeTags(words.tags) }),
    ...(words.hiddenItems !== undefined && { hidden: hiddenOf(post, words.hiddenItems) }),
  };
  const after = { ...link, ...changes } as LinkDoc;
  const gone = Object.entries(changes).filter(([, value]) => value === undefined);
  const put = Object.entries(changes).filter(([, value]) => value !== undefined);
  return {
    $set: { ...Object.fromEntries(put), ...listFactsOf(post, after) },
    ...(gone.length > 0 && { $unset: Object.fromEntries(gone.map(([name]) => [name, 1])) }),
    $inc: { rev: 1 },
  };
}

/** @throws MF_ERR_VALIDATION */
function textOf(text: string, most: number): string | undefined {
  const trimmed = text.trim().replaceAll('\0', '');
  if (trimmed.length > most) throw new CodedError('MF_ERR_VALIDATION', `This text has more than ${most} characters.`);
  return trimmed === '' ? undefined : trimmed;
}

/** @throws MF_ERR_VALIDATION for items that are not there, and when none would be left */
function hiddenOf({ items }: PostDoc, wanted: readonly number[]): number[] | undefined {
  const there = new Set(items.map(({ index }) => index));
  const hidden = [...new Set(wanted)];
  if (hidden.some((index) => !there.has(index)))
    throw new CodedError('MF_ERR_VALIDATION', 'The post has no such item.');
  if (hidden.length >= items.length && hidden.length > 0)
    throw new CodedError('MF_ERR_VALIDATION', 'One item has to stay. To hide all, remove the post.');
  return hidden.length === 0 ? undefined : hidden.sort((a, b) => a - b);
}
