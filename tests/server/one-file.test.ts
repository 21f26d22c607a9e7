import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Product } from '../harness/product.ts';
import { createLab } from '../lab/index.ts';
import type { Lab } from '../lab/index.ts';

describe('a file is there once for its bytes and goes with its last post', async () => {
  const lab: Lab = await createLab();
  let product: Product;

  before(async () => {
    product = await Product.start({ lab });
  });
  after(async () => {
    await product.close();
    await lab.close();
  });

  test('the same link twice, also at the same time, makes one record and one file', async () => {
    const { url, key } = lab.post('tiktok-video');
    const submitted = await Promise.all([product.api.submit(url), product.api.submit(url), product.api.submit(url)]);
    assert.equal(new Set(submitted.map(({ jobId }) => jobId)).size, 1);
    await product.api.untilOver(submitted[0].jobId);
    assert.equal((await product.finalFiles()).length, 1);
    const again = await product.api.submit(url);
    assert.equal(again.existing, true);
    assert.equal((await product.api.download(again.jobId)).status, 'completed');
    assert.equal((await product.api.library()).filter((item) => item.key === key).length, 1);
  });

  test('other spellings and share links of a post that is there fetch nothing again', async () => {
    const post = lab.post('tiktok-video');
    const mediaRequests = (): number => lab.requests().filter(({ url }) => /\.mp4|video\/tos/.test(url)).length;
    const before = mediaRequests();
    for (const spelling of post.spellings) assert.equal((await product.api.submit(spelling)).existing, true, spelling);
    for (const share of post.shareLinks) assert.equal((await product.api.fetchPost(share)).status, 'completed', share);
    assert.equal(mediaRequests(), before);
    assert.equal((await product.finalFiles()).length, 1);
    assert.equal((await product.api.library()).length, 1);
  });

  test('two spellings at the same time, one of them a share link, end in one post', async () => {
    const post = lab.post('reddit-image');
    const links = [post.url, ...post.shareLinks];
    const downloads = await Promise.all(links.map(async (url) => product.api.fetchPost(url)));
    assert.deepEqual(
      downloads.map(({ status }) => status),
      links.map(() => 'completed'),
    );
    assert.equal((await product.api.library()).filter(({ key }) => key === post.key).length, 1);
  });

  test('two posts with the same bytes share the file until the last one is removed', async () => {
    const [first, second] = lab.twins;
    await product.api.fetchPost(first.url);
    await product.api.fetchPost(second.url);
    const [one, two] = await Promise.all([product.api.postOf(first.key), product.api.postOf(second.key)]);
    assert.ok(one !== undefined && two !== undefined);
    const sha256 = one.items[0]?.sha256 ?? '';
    assert.equal(two.items[0]?.sha256, sha256);
    const onDisk = async (): Promise<boolean> => (await product.finalFiles()).includes(`${sha256}.mp4`);

    const removed = await product.api.request<{ deletedFiles: number; keptFiles: number }>(
      'DELETE',
      `/api/library/${one.id}`,
    );
    assert.deepEqual(
      { deletedFiles: removed.deletedFiles, keptFiles: removed.keptFiles },
      { deletedFiles: 0, keptFiles: 1 },
    );
    assert.equal(await onDisk(), true);
    const last = await product.api.request<{ deletedFiles: number }>('DELETE', `/api/library/${two.id}`);
    assert.equal(last.deletedFiles, 1);
    assert.equal(await onDisk(), false);
  });
});
