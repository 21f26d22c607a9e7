import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, readlink, utimes, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { describe, it } from 'node:test';
import { CodedError } from '../../../src/errors.ts';
import { ensureManagedTools } from '../../../src/tools/index.ts';
import type { EnsureManagedToolsOptions, InstallStep, ManagedTools } from '../../../src/tools/index.ts';
import { makeFolder } from '../temporary-folder.ts';
import { writeLock, writeStandInPython } from './stand-in-python.ts';
import type { StandIn } from './stand-in-python.ts';

const nothing = (): void => undefined;
const log = { debug: nothing, info: nothing, warn: nothing };

interface Site {
  readonly folder: string;
  readonly tools: string;
  ensure(options?: Partial<EnsureManagedToolsOptions>): Promise<ManagedTools>;
  calls(): Promise<readonly string[]>;
}

async function makeSite(folder: string, standIn?: StandIn): Promise<Site> {
  const dataDir = join(folder, 'data');
  const lockFile = await writeLock(folder);
  const python = await writeStandInPython(folder, standIn);
  return {
    folder,
    tools: join(dataDir, 'tools'),
    ensure: (options) => ensureManagedTools({ dataDir, log, lockFile, python, ...options }),
    calls: async () => (await readFile(join(folder, 'calls'), 'utf8')).trim().split('\n'),
  };
}

function isCoded(code: string, help?: RegExp): (error: unknown) => boolean {
  return (error) => error instanceof CodedError && error.code === code && (help?.test(error.help ?? '') ?? true);
}

describe('managed tools', () => {
  it('are made, checked and switched to, step by step', async (t) => {
    const site = await makeSite(await makeFolder(t));
    const steps: InstallStep[] = [];
    const { directory, installed } = await site.ensure({ onStep: (step) => steps.push(step) });
    assert.ok(installed);
    assert.deepEqual(steps, ['venv', 'packages', 'check', 'switch']);
    assert.equal(await readlink(join(site.tools, 'current')), basename(directory));
    assert.ok(existsSync(join(site.tools, 'current', 'bin', 'yt-dlp')));
  });

  it('start nothing when they are there already', async (t) => {
    const site = await makeSite(await makeFolder(t));
    await site.ensure();
    const { installed } = await site.ensure({ python: '/nonexistent/python3' });
    assert.equal(installed, false);
    assert.deepEqual(await site.calls(), ['venv', 'pip']);
  });

  it('are made once when several processes ask at the same time', async (t) => {
    const site = await makeSite(await makeFolder(t));
    const answers = await Promise.all([site.ensure(), site.ensure(), site.ensure()]);
    assert.deepEqual(answers.map(({ installed }) => installed).toSorted(), [false, false, true]);
    assert.deepEqual(await site.calls(), ['venv', 'pip']);
  });

  it('half made ones are thrown away and made anew', async (t) => {
    const site = await makeSite(await makeFolder(t));
    const { directory } = await site.ensure();
    await writeFile(join(directory, 'ready.json'), '');
    await writeFile(join(directory, 'leftover'), '');
    assert.ok((await site.ensure()).installed);
    assert.ok(!existsSync(join(directory, 'leftover')));
  });

  it('are made anew when the system has replaced its Python', async (t) => {
    const site = await makeSite(await makeFolder(t));
    const { directory } = await site.ensure();
    await utimes(join(directory, 'bin', 'python3'), 1, 1);
    assert.ok((await site.ensure()).installed);
  });

  it('of another version are switched to at once, and the ones before are kept', async (t) => {
    const folder = await makeFolder(t);
    const site = await makeSite(folder);
    const first = await site.ensure();
    await mkdir(join(site.tools, 'ffffffffffffffff'));
    await writeStandInPython(folder, { ytDlp: '2026.12.01' });
    const second = await site.ensure({ lockFile: await writeLock(folder, '2026.12.1') });
    assert.notEqual(second.directory, first.directory);
    assert.equal(await readlink(join(site.tools, 'current')), basename(second.directory));
    assert.equal(await readlink(join(site.tools, 'previous')), basename(first.directory));
    assert.ok(existsSync(first.directory));
    assert.ok(!existsSync(join(site.tools, 'ffffffffffffffff')));
  });

  it('that answer with another version than pinned change nothing', async (t) => {
    const folder = await makeFolder(t);
    const site = await makeSite(folder);
    const good = await site.ensure();
    await writeStandInPython(folder, { ytDlp: '2026.8.19' });
    const lockFile = await writeLock(folder, '2026.12.1');
    await assert.rejects(site.ensure({ lockFile }), isCoded('MF_ERR_INTERNAL'));
    assert.equal(await readlink(join(site.tools, 'current')), basename(good.directory));
    assert.deepEqual(
      (await readdir(site.tools)).filter((name) => /^[0-9a-f]{16}$/.test(name)),
      [basename(good.directory)],
    );
  });

  const failures: readonly (readonly [string, string, string])[] = [
    ['hashes that do not match', 'ERROR: THESE PACKAGES DO NOT MATCH THE HASHES', 'MF_ERR_CORRUPT'],
    ['no connection', 'WARNING: Retrying after connection broken: NewConnectionError', 'MF_ERR_NETWORK'],
    ['a full disk', 'ERROR: Could not install: [Errno 28] No space left on device', 'MF_ERR_DISK_FULL'],
    ['a version that is not there', 'ERROR: No matching distribution found for yt-dlp', 'MF_ERR_TOOL_MISSING'],
  ];
  for (const [title, words, code] of failures) {
    it(`${title}: ${code}, and nothing is left behind`, async (t) => {
      const site = await makeSite(await makeFolder(t), { pip: `echo "${words}" >&2; exit 1` });
      await assert.rejects(site.ensure(), isCoded(code));
      assert.deepEqual(await readdir(site.tools), ['install.lock']);
    });
  }

  it('without Python name the command that installs it', async (t) => {
    const site = await makeSite(await makeFolder(t));
    await assert.rejects(site.ensure({ python: '/nonexistent/python3' }), isCoded('MF_ERR_TOOL_MISSING', /python/));
  });

  it('without the venv module name the command that installs it', async (t) => {
    const site = await makeSite(await makeFolder(t));
    await assert.rejects(site.ensure({ python: '/bin/false' }), isCoded('MF_ERR_TOOL_MISSING', /python/));
  });

  it('stop with the signal, and leave nothing half made', async (t) => {
    const folder = await makeFolder(t);
    const site = await makeSite(folder, { pip: 'exec sleep 60' });
    const abort = new AbortController();
    const reason = new Error('shutdown');
    const onStep = (step: InstallStep): void => {
      if (step === 'packages') abort.abort(reason);
    };
    await assert.rejects(site.ensure({ signal: abort.signal, onStep }), reason);
    assert.deepEqual(await readdir(site.tools), ['install.lock']);
  });
});
