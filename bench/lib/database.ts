import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import type { Collection } from 'mongodb';
import type { Product } from '../../tests/harness/product.ts';

/** Lends the downloads of a running product, straight from its embedded database. */
export async function withDownloads<T>({ dataDir }: Product, use: (downloads: Collection) => Promise<T>): Promise<T> {
  const socket = encodeURIComponent(join(dataDir, 'db/mediafetcher.sqlite.sock'));
  const client = await MongoClient.connect(`mongodb://${socket}/?directConnection=true`);
  try {
    return await use(client.db('mediafetcher').collection('downloads'));
  } finally {
    await client.close();
  }
}
