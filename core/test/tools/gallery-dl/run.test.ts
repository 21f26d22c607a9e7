import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { isPluginError } from '@mediafetcher/sdk';
import { makeFolder, writeProgram } from '../temporary-folder.ts';
import { toolsOf } from '../tools-of.ts';

const REQUEST = { url: 'https://x.com/a/status/1' };
const FIND_DIRECTORY = 'while [ "$1" != -D ]; do shift; done; DIR=$2';

/** One file as gallery-dl tells it. */
function item(num: number): string {
  return `echo '{"num": ${num}, "count": 2}'; echo bytes > "$DIR/${num}.jpg"; echo "FILE $DIR/${num}.jpg"`;
}

function hasCode(code: string): (error: unknown) => boolean {
  return (error) => isPluginError(error) && error.code === code;
}

describe('a run of gallery-dl', () => {
  it('brings the files in the order of the post, each with what is known of it', async (t) => {
    const folder = await makeFolder(t);
    const galleryDl = await writeProgram(folder, 'gallery-dl', [FIND_DIRECTORY, item(2), item(1)].join('\n'));
    const { tools, updates } = toolsOf(folder, { paths: { galleryDl } });
    const run = tools.galleryDl(REQUEST);
    assert.deepEqual(await run.info, { num: 2, count: 2 });
    const { files } = await run.finished;
    assert.deepEqual(files, [
      { path: join(folder, '2.jpg'), metadata: { num: 2, count: 2 } },
      { path: join(folder, '1.jpg'), metadata: { num: 1, count: 2 } },
    ]);
    assert.equal(updates.at(-1)?.share, 1);
  });

  it('fails when one of the files was left out, whatever the exit code says', async (t) => {
    const folder = await makeFolder(t);
    const words = 'echo "[downloader.http][warning] File size larger than allowed maximum (9 > 5)" >&2';
    const left = `echo '{"num": 2, "count": 2}'; ${words}; echo "SKIP $DIR/2.jpg"`;
    const galleryDl = await writeProgram(folder, 'gallery-dl', [FIND_DIRECTORY, item(1), left].join('\n'));
    const { tools } = toolsOf(folder, { paths: { galleryDl } });
    await assert.rejects(tools.galleryDl(REQUEST).finished, hasCode('MF_ERR_TOO_LARGE'));
  });

  it('is stopped when it starts to wait out a refusal', async (t) => {
    const folder = await makeFolder(t);
    const words = 'echo "[reddit][info] Waiting for 600 seconds until 11:44:37 (rate limit)" >&2';
    const galleryDl = await writeProgram(folder, 'gallery-dl', [words, 'exec sleep 600'].join('\n'));
    const { tools } = toolsOf(folder, { paths: { galleryDl } });
    await assert.rejects(tools.galleryDl(REQUEST).finished, hasCode('MF_ERR_RATE_LIMITED'));
  });

  it('a text post has no media', async (t) => {
    const folder = await makeFolder(t);
    const galleryDl = await writeProgram(folder, 'gallery-dl', 'exit 0');
    const run = toolsOf(folder, { paths: { galleryDl } }).tools.galleryDl(REQUEST);
    await assert.rejects(run.info, hasCode('MF_ERR_NO_MEDIA'));
  });

  it('keeps the caches of accounts apart', async (t) => {
    const folder = await makeFolder(t);
    const note = `for a in "$@"; do case $a in cache.file=*) echo "$a" >> "${folder}/caches";; esac; done`;
    const galleryDl = await writeProgram(folder, 'gallery-dl', [note, FIND_DIRECTORY, item(1)].join('\n'));
    const cookiesFile = join(folder, 'jar');
    await writeFile(cookiesFile, 'a jar');
    const options = [{}, { cookiesFile }, { cookiesFile, account: 'user-1' }];
    for (const option of options) {
      await toolsOf(folder, { paths: { galleryDl }, ...option }).tools.galleryDl(REQUEST).finished;
    }
    const caches = (await readFile(join(folder, 'caches'), 'utf8')).trim().split('\n');
    assert.equal(new Set(caches).size, 3);
    assert.ok(caches.every((cache) => cache.startsWith(`cache.file=${folder}/state/gallery-dl-tiktok-`)));
  });

  it('leaves nothing of its own in the staging folder', async (t) => {
    const folder = await makeFolder(t);
    const staging = join(folder, 'staging');
    const galleryDl = await writeProgram(folder, 'gallery-dl', [FIND_DIRECTORY, item(1)].join('\n'));
    await toolsOf(folder, { paths: { galleryDl }, stagingDirectory: staging }).tools.galleryDl(REQUEST).finished;
    assert.deepEqual(await readdir(staging), ['1.jpg']);
  });
});
