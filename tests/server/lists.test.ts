import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { DownloadRecord } from '../harness/api-client.ts';
import { Product } from '../harness/product.ts';
import { createLab } from '../lab/index.ts';
import type { Lab } from '../lab/index.ts';

interface ListRecord extends DownloadRecord {
  readonly children: Readonly<Record<'total' | 'added' | 'existing' | 'failed' | 'running' | 'queued', number>> & {
    readonly listed: boolean;
  };
}

/** Only a profile that never ends meets it. */
const PATIENCE_MS = 300_000;

const asList = (record: DownloadRecord): ListRecord => record as ListRecord;

/** Profiles become their posts, on the real server with the real tools. */
describe('a profile becomes its posts', async () => {
  const lab: Lab = await createLab();
  let product: Product;
  before(async () => {
    product = await Product.start({ lab });
    for (const platform of ['x', 'instagram', 'reddit'] as const)
      await product.api.post('/api/cookies', { platform, cookies: lab.cookies(platform) });
  });
  after(async () => {
    await product.close();
    await lab.close();
  });

  const keysInLibrary = async (): Promise<string[]> => (await product.api.library('?limit=200')).map(({ key }) => key);

  test('a profile of X: the newest posts, then only what is new', async () => {
    const names = ['x-photos', 'x-video', 'x-mixed', 'x-gif'];
    const profile = lab.profile(
      'x',
      names.map((name) => lab.post(name)),
    );
    const first = asList(await product.api.fetchPost(profile.url, { count: 3 }));
    assert.deepEqual([first.status, first.children.total, first.children.added], ['completed', 3, 3]);
    const second = asList(await product.api.fetchPost(profile.url, { count: 10 }));
    assert.deepEqual(
      [second.status, second.children.total, second.children.existing, second.children.added],
      ['completed', 4, 3, 1],
    );
    assert.deepEqual((await keysInLibrary()).sort(), names.map((name) => lab.post(name).key).sort());
    const asked = lab.requests().filter(({ url }) => url.includes(`/L${lab.post('x-gif').key.slice(2)}`));
    assert.ok(asked.length > 0, 'the lab was asked for the files');
  });

  for (const platform of ['instagram', 'tiktok', 'reddit', 'youtube'] as const) {
    test(`a profile of ${platform}: its newest posts are in the library, and no other`, async () => {
      const profile = lab.profile(platform, 5);
      const record = asList(await product.api.fetchPost(profile.url, { count: 3 }));
      const { total, added, failed, listed } = record.children;
      assert.deepEqual([record.status, record.progress, record.errorCode], ['completed', 100, null]);
      assert.deepEqual({ total, added, failed, listed }, { total: 3, added: 3, failed: 0, listed: true });
      const { items } = await product.api.get<{ items: DownloadRecord[] }>(`/api/downloads?parent=${record.id}`);
      assert.deepEqual(
        items.map(({ key, status, progress }) => [key, status, progress]),
        profile.keys.slice(0, 3).map((key) => [key, 'completed', 100]),
      );
      const posts = (await product.api.library('?limit=200')).filter(({ key }) => key.startsWith(`${platform}:`));
      assert.deepEqual(new Set(posts.map(({ key }) => key)), new Set(profile.keys.slice(0, 3)));
      assert.ok(posts.every((post) => post.items.every(({ size }) => size > 0)));
    });
  }

  test('of a post that holds both only what is wanted is kept, as an entry of its own, named as asked for', async () => {
    const mixed = lab.post('x-mixed');
    const profile = lab.profile('x', [mixed]);
    const record = asList(await product.api.fetchPost(profile.url, { media: 'images', nameFormat: '{USERNAME} {ID}' }));
    assert.deepEqual([record.status, record.children.added], ['completed', 1]);
    const { items } = await product.api.get<{ items: { id: string }[] }>(`/api/downloads?parent=${record.id}`);
    const { files } = await product.api.get<{ files: { kind: string; filename: string }[] }>(
      `/api/files/${items[0]?.id ?? ''}`,
    );
    const images = mixed.items.filter(({ kind }) => kind === 'image');
    assert.deepEqual(
      files.map(({ kind }) => kind),
      images.map(({ kind }) => kind),
    );
    assert.ok(files.every(({ filename }) => filename.startsWith(`${mixed.author} ${mixed.key.slice(2)}`)));
  });

  test('a profile survives that its server and workers are killed, and has each post once', async () => {
    const profile = lab.profile('x', 8);
    lab.throttle(200_000);
    const { jobId } = await product.api.submit(profile.url, { count: 8 });
    await product.api.until(jobId, (record) => asList(record).children.total > 0, PATIENCE_MS);
    for (const wanted of [1, 4]) {
      await product.api.until(jobId, (record) => asList(record).children.added >= wanted, PATIENCE_MS);
      await product.stopServer('SIGKILL');
      await product.startServer();
    }
    lab.throttle(undefined);
    const record = asList(await product.api.untilOver(jobId, PATIENCE_MS));
    assert.deepEqual([record.status, record.children.total, record.children.added], ['completed', 8, 8]);
    const keys = await keysInLibrary();
    for (const key of profile.keys) assert.equal(keys.filter((known) => known === key).length, 1, key);
    assert.deepEqual(lab.unmatched(), []);
  });
});
