import type { LibraryEntry } from './library-query.ts';
import { renditionOf } from './listed-media.rules.ts';
import type { PostItem, PostRendition } from './models.ts';

/** A post as the API shows it. */
export interface LibraryPostView {
  readonly id: string;
  readonly key: string;
  readonly platform: string;
  readonly kind: string;
  readonly title: string | null;
  readonly caption: string | null;
  readonly authorHandle: string | null;
  readonly authorName: string | null;
  readonly authorUrl: string | null;
  readonly url: string;
  readonly postedAt: Date | null;
  readonly addedAt: Date;
  readonly hashtags: string[];
  readonly nsfw: boolean;
  readonly size: number;
  /** Those that the person wants to see. */
  readonly items: MediaItemView[];
  readonly favourite: boolean;
  /** The person's own, as typed. */
  readonly tags: readonly string[];
  readonly note: string | null;
  readonly ownTitle: string | null;
  /** Ids of the person's folders that it is in. */
  readonly folders: readonly string[];
  /** Indexes of the items that the person does not want to see. */
  readonly hiddenItems: readonly number[];
  /** Seen in a folder that somebody else shares. */
  readonly foreign: boolean;
}

export interface MediaItemView {
  readonly id: string;
  readonly index: number;
  readonly kind: string;
  readonly mime: string;
  readonly size: number;
  readonly width: number | null;
  readonly height: number | null;
  readonly duration: number | null;
  readonly sha256: string;
  readonly thumbhash: string | null;
  readonly thumbnails: number[];
  /** A form of it that every browser plays, where one was made. */
  readonly rendition: RenditionView | null;
}

export interface RenditionView {
  /** Id for `/api/media/:id/file`. */
  readonly id: string;
  readonly mime: string;
  readonly size: number;
}

const TITLE_LENGTH = 200;

export function libraryPostView({ link, post, ...seen }: LibraryEntry): LibraryPostView {
  const hidden = link.hidden ?? [];
  const foreign = seen.foreign === true;
  return {
    id: link._id.toHexString(),
    key: post.key,
    platform: post.platform,
    kind: post.kind,
    title: link.title ?? titleOf(post.title, post.caption),
    caption: post.caption ?? null,
    authorHandle: post.author?.handle ?? null,
    authorName: post.author?.name ?? null,
    authorUrl: post.author?.url ?? null,
    url: post.url,
    postedAt: post.postedAt ?? null,
    addedAt: link.addedAt,
    hashtags: post.hashtags,
    nsfw: post.nsfw,
    size: post.size,
    items: post.items
      .filter(({ index }) => !hidden.includes(index))
      .map((item) => mediaItemView(item, renditionOf(post, item))),
    // What a person notes is theirs, also where they share the post.
    favourite: !foreign && link.favourite === true,
    tags: foreign ? [] : link.tags,
    note: foreign ? null : (link.note ?? null),
    ownTitle: foreign ? null : (link.title ?? null),
    folders: foreign ? [] : link.folders.map(String),
    hiddenItems: foreign ? [] : hidden,
    foreign,
  };
}

export function mediaItemView(item: PostItem, rendition?: PostRendition): MediaItemView {
  return {
    id: item.media.toHexString(),
    index: item.index,
    kind: item.kind,
    mime: item.mime,
    size: item.size,
    width: item.width ?? null,
    height: item.height ?? null,
    duration: item.duration ?? null,
    sha256: item.sha256,
    thumbhash: item.thumbhash ?? null,
    thumbnails: item.thumbnails,
    rendition: rendition === undefined ? null : renditionView(rendition),
  };
}

export function renditionView({ media, mime, size }: PostRendition): RenditionView {
  return { id: media.toHexString(), mime, size };
}

/** The title, else the first line of the caption. */
export function titleOf(title: string | undefined, caption: string | undefined): string | null {
  const line = [title, ...(caption?.split('\n') ?? [])].find((text) => text !== undefined && text.trim() !== '');
  return line === undefined ? null : line.trim().slice(0, TITLE_LENGTH);
}
