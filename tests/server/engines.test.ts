import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import { checkPost } from '../harness/check-post.ts';
import { Product } from '../harness/product.ts';
import { createLab } from '../lab/index.ts';
import type { Lab } from '../lab/index.ts';

const execute = promisify(execFile);

describe('engines and options', async () => {
  const lab: Lab = await createLab();
  after(async () => lab.close());

  test('when the first engine is broken the second brings the post', async () => {
    await using product = await Product.start({ lab, environment: { YTDLP_PATH: '/bin/false' } });
    const post = lab.post('tiktok-video');
    const download = await product.api.fetchPost(post.url);
    assert.equal(download.status, 'completed', `${download.errorCode ?? ''} ${download.errorMessage ?? ''}`);
    assert.deepEqual(await checkPost(product, post), []);
    assert.deepEqual(lab.unmatched(), []);
  });

  describe('with all engines', () => {
    let product: Product;
    before(async () => {
      product = await Product.start({ lab });
    });
    after(async () => product.close());

    test('sound alone becomes an MP3 of 192 kbit/s', async () => {
      const [post] = lab.endless('tiktok', 1);
      assert.ok(post !== undefined);
      const download = await product.api.fetchPost(post.url, { audioOnly: true });
      assert.equal(download.status, 'completed', `${download.errorCode ?? ''} ${download.errorMessage ?? ''}`);
      const [file = ''] = await product.finalFiles();
      const facts = ['-v', 'error', '-show_entries', 'stream=codec_name,bit_rate', '-of', 'csv=p=0'];
      const { stdout } = await execute('ffprobe', [...facts, join(product.mediaRoot, 'final', file)]);
      assert.equal(stdout.trim(), 'mp3,192000');
    });

    test('an option that the connector does not know is refused', async () => {
      await assert.rejects(product.api.submit(lab.post('tiktok-video').url, { loudness: 11 }), /MF_ERR_VALIDATION/);
    });

    test('files of a download are served with Range, as one file or as a zip', async () => {
      const post = lab.post('x-photos');
      const { jobId } = await product.api.submit(post.url);
      await product.api.untilOver(jobId);
      const { files } = await product.api.get<{ files: { mediaId: string; size: number }[] }>(`/api/files/${jobId}`);
      assert.equal(files.length, post.items.length);
      const [first] = files;
      assert.ok(first !== undefined);
      const part = await product.api.fetch(`/api/media/${first.mediaId}/file`, { headers: { range: 'bytes=10-19' } });
      assert.equal(part.status, 206);
      assert.equal((await part.arrayBuffer()).byteLength, 10);
      const zip = await product.api.fetch(`/api/files/${jobId}/download`);
      assert.equal(zip.headers.get('content-type'), 'application/zip');
      assert.ok((await zip.arrayBuffer()).byteLength > files.reduce((sum, { size }) => sum + size, 0));
    });
  });
});
