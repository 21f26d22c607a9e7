import assert from 'node:assert/strict';
import { mkdir, readFile, readdir, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { getCACertificates } from 'node:tls';
import { buildCaFiles, joinCertificates } from '../../src/tools/ca-bundle.ts';
import { makeFolder } from './temporary-folder.ts';

describe('certificates of tools', () => {
  it('each stands once, on lines of its own, however its lines are broken', () => {
    assert.equal(joinCertificates(['a\n', 'bb', ' a', 'b\nb']), 'a\nbb\n');
  });

  it('what is there already is left out', () => {
    assert.equal(joinCertificates(['aa', 'b'], ['a\na\n']), 'b\n');
  });

  it('are written once for the same extra file, and anew for another', async (t) => {
    const folder = await makeFolder(t);
    const extra = join(folder, 'extra.pem');
    const state = join(folder, 'state');
    const none = join(folder, 'none');
    await writeFile(extra, 'one');
    const first = await buildCaFiles(extra, state, none);
    assert.deepEqual(first, { bundle: first.bundle, file: first.bundle });
    const { mtimeMs, ino } = await stat(first.bundle);
    assert.deepEqual(await buildCaFiles(extra, state, none), first);
    const again = await stat(first.bundle);
    assert.deepEqual([again.mtimeMs, again.ino], [mtimeMs, ino]);
    await writeFile(extra, 'two');
    const second = await buildCaFiles(extra, state, none);
    assert.notEqual(second.bundle, first.bundle);
    assert.match(await readFile(second.bundle, 'utf8'), /\ntwo\n$/);
    assert.equal((await readdir(state)).length, 2);
  });

  it('what the system has by name is not in the file that is read whole', async (t) => {
    const folder = await makeFolder(t);
    const [known = '', other = ''] = getCACertificates('bundled');
    const extra = join(folder, 'extra.pem');
    const state = join(folder, 'state');
    const system = join(folder, 'certs');
    await writeFile(extra, 'one');
    await mkdir(system);
    await writeFile(join(system, '0123abcd.0'), `${known}\n`);
    await writeFile(join(system, 'README'), other);
    const { bundle, file, directory } = await buildCaFiles(extra, state, system);
    assert.equal(directory, system);
    const [all, rest] = await Promise.all([readFile(bundle, 'utf8'), readFile(file, 'utf8')]);
    assert.ok(all.includes(known.trim()) && all.includes(other.trim()) && all.endsWith('\none\n'));
    assert.ok(!rest.includes(known.trim()) && rest.includes(other.trim()) && rest.endsWith('\none\n'));
    // Another folder, another file: nothing is missed that one of them had.
    await writeFile(join(system, '0123abcd.1'), other);
    assert.notEqual((await buildCaFiles(extra, state, system)).file, file);
  });

  it('a name in the folder of the system that leads nowhere is no hindrance', async (t) => {
    const folder = await makeFolder(t);
    const [known = ''] = getCACertificates('bundled');
    const extra = join(folder, 'extra.pem');
    await writeFile(extra, 'one');
    const named = join(folder, 'named');
    await mkdir(named);
    await writeFile(join(named, '0123abcd.0'), known);
    await symlink(join(folder, 'gone.pem'), join(named, 'deadbeef.0'));
    const { file } = await buildCaFiles(extra, join(folder, 'state'), named);
    assert.match(await readFile(file, 'utf8'), /\none\n$/);
  });
});
