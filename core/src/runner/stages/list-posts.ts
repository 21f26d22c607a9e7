import type { AuthorFacts, Connector, ConnectorContext, ListedPost } from '@mediafetcher/sdk';
import { PluginError } from '@mediafetcher/sdk';
import { LISTED_BATCH } from '../../channel/messages.ts';
import type { ListedEntry } from '../../channel/messages.ts';

/** Milliseconds after which the posts that were read so far are told, so that their downloads begin. */
const PATIENCE_MS = 1_000;

/** Who is told what a list holds. */
export interface ListListener {
  /** Resolves when more may come. */
  tell(entries: ListedEntry[]): Promise<void>;
  /** @param share 0-1 of what is wanted */
  progress(share: number): void;
}

/** Reads a profile or a list and tells its posts in batches, at most `limit` of them. @throws PluginError */
export async function listPosts(
  connector: Connector,
  context: ConnectorContext,
  limit: number,
  listener: ListListener,
): Promise<void> {
  if (connector.list === undefined)
    throw new PluginError('MF_ERR_PLUGIN', 'The plugin says that it reads lists, and has nothing that does.');
  let batch: ListedEntry[] = [];
  let listed = 0;
  let told = performance.now();
  const flush = async (): Promise<void> => {
    if (batch.length > 0) await listener.tell(batch);
    batch = [];
    told = performance.now();
  };
  try {
    for await (const post of connector.list(context, { limit })) {
      batch.push(readListedPost(post));
      listed += 1;
      listener.progress(listed / limit);
      if (batch.length >= LISTED_BATCH || performance.now() - told > PATIENCE_MS) await flush();
      if (listed >= limit) break;
    }
  } finally {
    // What was read before a failure counts.
    if (!context.signal.aborted) await flush();
  }
  if (listed === 0) throw new PluginError('MF_ERR_NO_MEDIA', 'There are no posts with pictures or videos here.');
}

/** Cuts what a plugin handed over to what the channel takes. @throws MF_ERR_PLUGIN */
export function readListedPost(post: ListedPost): ListedEntry {
  // A plugin may hand over anything.
  const { url, title, author, options } = Object(post) as { [Name in keyof ListedPost]?: unknown };
  if (typeof url !== 'string' || url.length > 2048)
    throw new PluginError('MF_ERR_PLUGIN', 'The plugin listed a post without an address.');
  const { name: own, handle } = (typeof author === 'object' && author !== null ? author : {}) as Partial<AuthorFacts>;
  const name: unknown = own ?? handle;
  return {
    url,
    ...(typeof title === 'string' && title !== '' && { title: cut(title) }),
    ...(typeof name === 'string' && name !== '' && { author: cut(name) }),
    ...(typeof options === 'object' && options !== null && { options: { ...options } }),
  };
}

function cut(text: string): string {
  return text.slice(0, 500).toWellFormed();
}
