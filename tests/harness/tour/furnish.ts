import type { Lab } from '../../lab/index.ts';
import type { Product } from '../product.ts';

/** Names of the lab's posts that a furnished library holds. */
export interface Furniture {
  readonly posts: readonly string[];
  /** Posts that fail, each in a way of its own. */
  readonly failing: readonly string[];
  /** A post that is stored as it came, and that browsers do not play. @default none */
  readonly unplayable?: string;
}

/** A library as people have it, in order. */
export interface Furnished {
  /** Ids of posts by the lab's names. */
  readonly posts: ReadonlyMap<string, string>;
  readonly folder: string;
}

/** Fills a product with posts, folders, tags, a favourite, something in the trash, failures, and cookies of two platforms. */
export async function furnish(
  { api }: Product,
  lab: Lab,
  { posts: names, failing, unplayable }: Furniture,
): Promise<Furnished> {
  for (const platform of ['instagram', 'x'] as const)
    await api.post('/api/cookies', { platform, cookies: lab.cookies(platform) });
  const posts = new Map<string, string>();
  const fetch = async (name: string): Promise<void> => {
    const { jobId } = await api.submit(lab.post(name).url);
    const { status, errorCode } = await api.untilOver(jobId, 300_000);
    if (status !== 'completed') throw new Error(`${name}: ${errorCode ?? status}`);
    const stored = await api.postOf(lab.post(name).key);
    if (stored === undefined) throw new Error(`${name} is not in the library.`);
    posts.set(name, stored.id);
  };
  // In the order given: what is asked for first is the oldest.
  for (const name of names) await fetch(name);
  for (const name of failing) await api.fetchPost(lab.post(name).url);

  const ids = [...posts.values()];
  if (unplayable !== undefined) {
    await setConverter(false);
    await fetch(unplayable);
    await setConverter(true);
  }
  const folder = await createFolder('Holidays');
  const inner = await createFolder('Norway', folder);
  await createFolder('Recipes');
  await createFolder('للأطفال');
  await file(folder, ids.slice(0, 3));
  await file(inner, ids.slice(2, 4));
  const words = 'mutation ($id: ID!, $words: PostWords!) { organizePost(id: $id, words: $words) { id } }';
  await api.graphql(words, { id: ids[0], words: { tags: ['gouache', 'morning walk'], favourite: true } });
  await api.graphql(words, { id: ids[1], words: { tags: ['gouache'] } });
  const last = ids.at(-1);
  if (last !== undefined && ids.length > 2) await api.post(`/api/library/${last}/trash`);
  return { posts, folder };

  async function setConverter(enabled: boolean): Promise<void> {
    await api.graphql(
      'mutation ($enabled: Boolean!) { setPluginEnabled(id: "ffmpeg-h264", enabled: $enabled) { id } }',
      { enabled },
    );
  }

  async function createFolder(name: string, parentId?: string): Promise<string> {
    const made = await api.graphql<{ createFolder: { id: string } }>(
      'mutation ($name: String!, $parentId: ID) { createFolder(name: $name, parentId: $parentId) { id } }',
      { name, parentId },
    );
    return made.createFolder.id;
  }

  async function file(folderId: string, postIds: readonly string[]): Promise<void> {
    await api.graphql(
      'mutation ($folderId: ID!, $postIds: [ID!]!) { addToFolder(folderId: $folderId, postIds: $postIds) }',
      {
        folderId,
        postIds,
      },
    );
  }
}
