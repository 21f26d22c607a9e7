import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { isPluginError } from '@mediafetcher/sdk';
import { makeFolder } from '../temporary-folder.ts';
import { toolsOf } from '../tools-of.ts';

const SOURCE = ['-f', 'lavfi', '-i', 'testsrc=size=160x120:rate=25:duration=4'];
const ENCODE = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p'];

describe('ffmpeg', () => {
  it('makes a file and tells how far it is', async (t) => {
    const folder = await makeFolder(t);
    const shares: number[] = [];
    const output = join(folder, 'a.mp4');
    const onProgress = (share: number): unknown => shares.push(share);
    await toolsOf(folder).tools.ffmpeg({ arguments: [...SOURCE, ...ENCODE], output, duration: 4, onProgress });
    assert.ok((await stat(output)).size > 0);
    assert.equal(shares.at(-1), 1);
    assert.deepEqual(
      shares,
      shares.toSorted((a, b) => a - b),
    );
  });

  it('leaves no half output behind', async (t) => {
    const folder = await makeFolder(t);
    const input = join(folder, 'page.mp4');
    await writeFile(input, '<html>nothing to see</html>');
    const output = join(folder, 'b.mp4');
    await assert.rejects(
      toolsOf(folder).tools.ffmpeg({ arguments: ['-i', input], output }),
      (error) => isPluginError(error) && error.code === 'MF_ERR_CORRUPT',
    );
    assert.ok(!existsSync(output));
  });

  it('ends with the job', async (t) => {
    const folder = await makeFolder(t);
    const { tools, abort } = toolsOf(folder);
    const output = join(folder, 'endless.mp4');
    const endless = ['-re', '-f', 'lavfi', '-i', 'testsrc=size=160x120:rate=25'];
    const reason = new Error('cancelled');
    const onProgress = (): void => abort.abort(reason);
    await assert.rejects(tools.ffmpeg({ arguments: [...endless, ...ENCODE], output, duration: 1, onProgress }), reason);
    assert.ok(!existsSync(output));
  });
});
