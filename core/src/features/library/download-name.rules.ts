/** What the name of a file is made of. */
export interface NamedPost {
  readonly key: string;
  readonly author?: { readonly handle: string };
  readonly postedAt?: Date;
  readonly items: readonly { readonly sha256: string }[];
}

const PLAIN = 200;

/**
 * The name under which a post is handed out, without its item's number and extension: platform and post id, or what a
 * template makes of `{ID}`, `{USERNAME}` and `{DATE}`. Never a title or a caption: people write anything in them.
 */
export function nameOfPost(post: Omit<NamedPost, 'items'>, format?: unknown): string {
  const plain = post.key.replaceAll(':', '-');
  if (typeof format !== 'string') return plain;
  const parts: Readonly<Record<string, string>> = {
    ID: post.key.slice(post.key.indexOf(':') + 1),
    USERNAME: post.author?.handle ?? '',
    DATE: post.postedAt?.toISOString().slice(0, 10) ?? '',
  };
  const name = format
    .replace(/\{(\w+)\}/g, (_all, part: string) => parts[part] ?? '')
    // Of a handle in another script nothing may be left: the rest of the name tells the post all the same.
    .replace(/[^\w.@ -]+/g, '-')
    .replace(/\s+/g, ' ')
    .replace(/^[\s.-]+|[\s.-]+$/g, '')
    .slice(0, PLAIN);
  return name === '' ? plain : name;
}

/** The same with the item's number, where the post has several. */
export function nameOf(post: NamedPost, media: { readonly sha256: string }, format?: unknown): string {
  const name = nameOfPost(post, format);
  if (post.items.length < 2) return name;
  const item = post.items.findIndex(({ sha256 }) => sha256 === media.sha256);
  return `${name}-${String(item + 1).padStart(2, '0')}`;
}
