import assert from 'node:assert/strict';
import { readFile, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { buildCaBundle, joinCertificates } from '../../src/tools/ca-bundle.ts';
import { makeFolder } from './temporary-folder.ts';

describe('certificate bundle', () => {
  it('each certificate stands once, on lines of its own', () => {
    assert.equal(joinCertificates(['a\n', 'b', ' a']), 'a\nb\n');
  });

  it('is made once for the same extra file, and anew for another', async (t) => {
    const folder = await makeFolder(t);
    const extra = join(folder, 'extra.pem');
    const state = join(folder, 'state');
    await writeFile(extra, 'one');
    const first = await buildCaBundle(extra, state);
    const { mtimeMs, ino } = await stat(first);
    assert.equal(await buildCaBundle(extra, state), first);
    const again = await stat(first);
    assert.deepEqual([again.mtimeMs, again.ino], [mtimeMs, ino]);
    await writeFile(extra, 'two');
    const second = await buildCaBundle(extra, state);
    assert.notEqual(second, first);
    assert.match(await readFile(second, 'utf8'), /\ntwo\n$/);
    assert.equal((await readdir(state)).length, 2);
  });
});
