import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { locateTools, toolPathsOf } from '../../../src/tools/index.ts';
import type { LocateConfig, LocatedTool } from '../../../src/tools/index.ts';
import { makeFolder, writeProgram } from '../temporary-folder.ts';

async function locate(name: string, config: LocateConfig): Promise<LocatedTool | undefined> {
  return (await locateTools(config)).find((tool) => tool.name === name);
}

/** A program that tells a version and notes each start. */
function versionScript(folder: string, version: string): string {
  return `echo started >> "${folder}/starts"; echo "${version}"`;
}

describe('finding the tools', () => {
  it('takes what the owner set', async (t) => {
    const folder = await makeFolder(t);
    const ytDlp = await writeProgram(folder, 'my-yt-dlp', 'echo 2027.01.01');
    const tool = await locate('yt-dlp', { dataDir: folder, searchPath: '', ytDlp });
    assert.deepEqual(tool, { name: 'yt-dlp', path: ytDlp, version: '2027.01.01', source: 'setting', found: true });
  });

  it('says that a setting leads nowhere instead of taking another', async (t) => {
    const folder = await makeFolder(t);
    await writeProgram(folder, 'yt-dlp', 'echo 2027.01.01');
    const config = { dataDir: folder, searchPath: folder, ytDlp: '/nonexistent/yt-dlp' };
    const tool = await locate('yt-dlp', config);
    assert.deepEqual(tool, { name: 'yt-dlp', path: '/nonexistent/yt-dlp', source: 'setting', found: false });
  });

  it('finds a program on PATH', async (t) => {
    const folder = await makeFolder(t);
    const path = await writeProgram(folder, 'gallery-dl', 'echo 1.32.18');
    const tool = await locate('gallery-dl', { dataDir: folder, searchPath: `relative:/nonexistent:${folder}` });
    assert.deepEqual(tool, { name: 'gallery-dl', path, version: '1.32.18', source: 'path', found: true });
  });

  it('prefers the managed one to an old package', async (t) => {
    const folder = await makeFolder(t);
    const bin = join(folder, 'tools', 'current', 'bin');
    await mkdir(bin, { recursive: true });
    await writeProgram(folder, 'gallery-dl', 'echo 1.25.0');
    await writeProgram(bin, 'gallery-dl', 'echo 1.32.18');
    assert.equal((await locate('gallery-dl', { dataDir: folder, searchPath: folder }))?.source, 'managed');
  });

  it('takes the ffprobe beside an ffmpeg of the owner', async (t) => {
    const folder = await makeFolder(t);
    const ffmpeg = await writeProgram(folder, 'ffmpeg', 'echo ffmpeg version 8.0');
    const ffprobe = await writeProgram(folder, 'ffprobe', 'echo ffprobe version 8.0');
    assert.equal((await locate('ffprobe', { dataDir: folder, searchPath: '', ffmpeg }))?.path, ffprobe);
  });

  it('starts no program a second time, until its file changes', async (t) => {
    const folder = await makeFolder(t);
    const config = { dataDir: folder, searchPath: folder };
    await writeProgram(folder, 'yt-dlp', versionScript(folder, '2026.1.1'));
    assert.equal((await locate('yt-dlp', config))?.version, '2026.1.1');
    assert.equal((await locate('yt-dlp', config))?.version, '2026.1.1');
    assert.equal(await readFile(join(folder, 'starts'), 'utf8'), 'started\n');
    await writeProgram(folder, 'yt-dlp', versionScript(folder, '2026.10.26'));
    assert.equal((await locate('yt-dlp', config))?.version, '2026.10.26');
  });

  it('asks again when its memory is broken', async (t) => {
    const folder = await makeFolder(t);
    await writeProgram(folder, 'yt-dlp', 'echo 2026.1.1');
    await mkdir(join(folder, 'tools'));
    await writeFile(join(folder, 'tools', 'versions.json'), '{"half');
    assert.equal((await locate('yt-dlp', { dataDir: folder, searchPath: folder }))?.version, '2026.1.1');
  });

  it('hands over paths of what was found only', async (t) => {
    const folder = await makeFolder(t);
    const ytDlp = await writeProgram(folder, 'yt-dlp', 'echo 2026.1.1');
    const tools = await locateTools({ dataDir: folder, searchPath: folder, twmd: '/nonexistent/twmd' });
    assert.deepEqual(toolPathsOf(tools), { ytDlp });
  });
});
