import assert from 'node:assert/strict';
import { link, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { StagedFileError, checkStagedFile, openStagedFile } from '../../src/channel/staged-file.ts';

describe('a staged file', () => {
  let root = '';
  let staging = '';
  before(async () => {
    root = await mkdtemp(join(tmpdir(), 'mf-staged-'));
    staging = join(root, 'staging');
    await mkdir(join(staging, 'folder'), { recursive: true });
    await writeFile(join(staging, 'folder', 'video.mp4'), 'bytes');
    await writeFile(join(root, 'outside.mp4'), 'bytes');
    await symlink(join(root, 'outside.mp4'), join(staging, 'symlink.mp4'));
    await symlink(root, join(staging, 'up'));
    await writeFile(join(staging, 'two.mp4'), 'bytes');
    await link(join(staging, 'two.mp4'), join(staging, 'names.mp4'));
    await mkdir(join(root, 'staging-twin'));
    await writeFile(join(root, 'staging-twin', 'video.mp4'), 'bytes');
  });
  after(() => rm(root, { recursive: true, force: true }));

  it('is taken by its relative path', async () => {
    const { relative, size } = await checkStagedFile(staging, 'folder/video.mp4');
    assert.deepEqual({ relative, size }, { relative: join('folder', 'video.mp4'), size: 5 });
  });
  it('is taken by its absolute path', async () => {
    assert.equal(
      (await checkStagedFile(staging, join(staging, 'folder/video.mp4'))).relative,
      join('folder', 'video.mp4'),
    );
  });
  it('is opened for reading', async () => {
    const { handle } = await openStagedFile(staging, 'folder/video.mp4');
    assert.equal(await handle.readFile('utf8'), 'bytes');
    await handle.close();
  });

  const refused: [what: string, path: string][] = [
    ['a path upwards', '../outside.mp4'],
    ['an absolute path elsewhere', '/etc/passwd'],
    ['a neighbour whose name begins alike', '../staging-twin/video.mp4'],
    ['a symbolic link', 'symlink.mp4'],
    ['a file behind a linked folder', 'up/outside.mp4'],
    ['a file with two names', 'two.mp4'],
    ['a folder', 'folder'],
    ['the staging directory', '.'],
    ['a device', '/dev/null'],
    ['a file that is not there', 'missing.mp4'],
    ['a name with a zero byte', 'a\0b'],
  ];
  for (const [what, path] of refused) {
    it(`is not ${what}`, () => assert.rejects(checkStagedFile(staging, path), StagedFileError));
  }
});
