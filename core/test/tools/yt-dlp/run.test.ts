import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { isPluginError } from '@mediafetcher/sdk';
import { PYTHON_HOST } from '../../../src/places.ts';
import type { CreateToolsOptions } from '../../../src/tools/index.ts';
import { createHosts } from '../../../src/tools/index.ts';
import { createStandIn } from '../python-host/stand-in.ts';
import type { StandIn } from '../python-host/stand-in.ts';
import { makeFolder, writeProgram } from '../temporary-folder.ts';
import { toolsOf as coldToolsOf } from '../tools-of.ts';
import type { TestTools } from '../tools-of.ts';

const REQUEST = { url: 'https://www.tiktok.com/@a/video/1', extractors: ['TikTok'] };

/** Parts of a script that speaks like yt-dlp; `$DIR` is where the files go. */
const FIND_DIRECTORY = 'while [ "$1" != -P ]; do shift; done; DIR=$2';
const INFO = `echo '{"id": "a", "title": "T", "cookies": "secret"}'`;
const FILE = 'echo bytes > "$DIR/a.mp4"; echo "FINAL {\\"id\\": \\"a\\", \\"filepath\\": \\"$DIR/a.mp4\\"}"';

function hasCode(code: string): (error: unknown) => boolean {
  return (error) => isPluginError(error) && error.code === code;
}

for (const way of ['cold', 'warm'] as const) {
  describe(`a run of yt-dlp, ${way}`, () => {
    let standIn: StandIn | undefined;
    const hosts = createHosts({ script: PYTHON_HOST });
    before(async () => {
      if (way === 'warm') standIn = await createStandIn();
    });
    after(async () => {
      hosts.close();
      await standIn?.remove();
    });
    const writeYtDlp = (folder: string, script: string): Promise<string> =>
      standIn === undefined ? writeProgram(folder, 'yt-dlp', script) : standIn.write(folder, script);
    const toolsOf = (folder: string, options: Partial<CreateToolsOptions>): TestTools =>
      coldToolsOf(folder, { ...options, ...(way === 'warm' && { launch: hosts.launch }) });

    it('tells its first document before the files are there', async (t) => {
      const folder = await makeFolder(t);
      const gate = join(folder, 'gate');
      const wait = `while [ ! -e "${gate}" ]; do sleep 0.05; done`;
      const ytDlp = await writeYtDlp(folder, [FIND_DIRECTORY, INFO, wait, FILE].join('\n'));
      const { tools, updates } = toolsOf(folder, { paths: { ytDlp } });
      const run = tools.ytDlp(REQUEST);
      assert.deepEqual(await run.info, { id: 'a', title: 'T' });
      await writeFile(gate, '');
      const { files, infos } = await run.finished;
      assert.deepEqual(files, [{ id: 'a', path: join(folder, 'a.mp4') }]);
      assert.equal(infos.length, 1);
      assert.equal(updates.at(-1)?.share, 1);
    });

    it('keeps no more of a list without end than a post can have', async (t) => {
      const folder = await makeFolder(t);
      const bomb = `yes '{"id": "a", "title": "one of many"}' | head -n 20000`;
      const ytDlp = await writeYtDlp(folder, [FIND_DIRECTORY, bomb, FILE].join('\n'));
      const { infos } = await toolsOf(folder, { paths: { ytDlp } }).tools.ytDlp(REQUEST).finished;
      assert.equal(infos.length, 500);
    });

    it('fails when the file that it names is not there', async (t) => {
      const folder = await makeFolder(t);
      const words = 'echo "WARNING: merging of multiple formats but ffmpeg is not installed" >&2';
      const missing = 'echo "FINAL {\\"id\\": \\"a\\", \\"filepath\\": \\"$DIR/a.mp4\\"}"';
      const ytDlp = await writeYtDlp(folder, [FIND_DIRECTORY, INFO, words, missing].join('\n'));
      const { tools } = toolsOf(folder, { paths: { ytDlp } });
      await assert.rejects(tools.ytDlp(REQUEST).finished, hasCode('MF_ERR_TOOL_MISSING'));
    });

    it('both promises reject with the code when it fails before anything is known', async (t) => {
      const folder = await makeFolder(t);
      const ytDlp = await writeYtDlp(folder, 'echo "ERROR: [TikTok] 1: HTTP Error 404: Not Found" >&2; exit 1');
      const run = toolsOf(folder, { paths: { ytDlp } }).tools.ytDlp(REQUEST);
      await assert.rejects(run.info, hasCode('MF_ERR_NOT_FOUND'));
      await assert.rejects(run.finished, hasCode('MF_ERR_NOT_FOUND'));
    });

    it('is missing when nobody installed it', async (t) => {
      const folder = await makeFolder(t);
      const { tools } = toolsOf(folder, { paths: {} });
      assert.equal(tools.has('yt-dlp'), false);
      await assert.rejects(tools.ytDlp(REQUEST).finished, hasCode('MF_ERR_TOOL_MISSING'));
    });

    it('ends with the job, and says why the job ended', async (t) => {
      const folder = await makeFolder(t);
      const ytDlp = await writeYtDlp(folder, [INFO, 'exec sleep 60'].join('\n'));
      const { tools, abort } = toolsOf(folder, { paths: { ytDlp } });
      const run = tools.ytDlp(REQUEST);
      await run.info;
      const reason = new Error('paused');
      abort.abort(reason);
      await assert.rejects(run.finished, reason);
    });

    it('ends when the plugin cancels it', async (t) => {
      const folder = await makeFolder(t);
      const ytDlp = await writeYtDlp(folder, [INFO, 'exec sleep 60'].join('\n'));
      const run = toolsOf(folder, { paths: { ytDlp } }).tools.ytDlp(REQUEST);
      await run.info;
      run.cancel();
      await assert.rejects(run.finished, { name: 'AbortError' });
    });

    it('is stopped as soon as it brings more than is allowed', async (t) => {
      const folder = await makeFolder(t);
      const progress = `echo 'PROG {"status": "downloading", "downloaded_bytes": 2000001}'`;
      const ytDlp = await writeYtDlp(folder, [INFO, progress, 'exec sleep 60'].join('\n'));
      const { tools } = toolsOf(folder, { paths: { ytDlp }, maxFileBytes: 2_000_000 });
      await assert.rejects(tools.ytDlp(REQUEST).finished, hasCode('MF_ERR_TOO_LARGE'));
    });

    it('gets a private copy of the cookies, which goes with it', async (t) => {
      const folder = await makeFolder(t);
      const cookiesFile = join(folder, 'cookies.txt');
      await writeFile(cookiesFile, 'a jar', { mode: 0o600 });
      const look = `cp "$2" "${folder}/seen"; ls -l "$2" | cut -c1-10 > "${folder}/mode"; echo changed > "$2"`;
      const script = [INFO, `(while [ "$1" != --cookies ]; do shift; done; ${look})`, FIND_DIRECTORY, FILE].join('\n');
      const ytDlp = await writeYtDlp(folder, script);
      await toolsOf(folder, { paths: { ytDlp }, cookiesFile }).tools.ytDlp(REQUEST).finished;
      assert.equal(await readFile(join(folder, 'seen'), 'utf8'), 'a jar');
      assert.equal(await readFile(join(folder, 'mode'), 'utf8'), '-rw-------\n');
      assert.equal(await readFile(cookiesFile, 'utf8'), 'a jar');
      assert.deepEqual(await readdir(join(folder, 'state')), []);
    });

    it('trusts the extra authority besides all others', async (t) => {
      const folder = await makeFolder(t);
      const extraCaFile = join(folder, 'extra.pem');
      await writeFile(extraCaFile, '-----BEGIN CERTIFICATE-----\nmine\n-----END CERTIFICATE-----\n');
      const keep = [`cp "$SSL_CERT_FILE" "${folder}/file"`, `cp "$REQUESTS_CA_BUNDLE" "${folder}/bundle"`];
      const script = [FIND_DIRECTORY, ...keep, INFO, FILE].join('\n');
      const ytDlp = await writeYtDlp(folder, script);
      await toolsOf(folder, { paths: { ytDlp }, extraCaFile }).tools.ytDlp(REQUEST).finished;
      const [file = '', bundle = ''] = await Promise.all(
        ['file', 'bundle'].map(async (name) => readFile(join(folder, name), 'utf8')),
      );
      assert.ok(file.includes('\nmine\n'));
      assert.ok(bundle.includes('\nmine\n'));
      assert.ok(bundle.split('BEGIN CERTIFICATE').length > 50);
    });

    it('names the extra authority that cannot be read', async (t) => {
      const folder = await makeFolder(t);
      const { tools } = toolsOf(folder, { paths: { ytDlp: '/bin/true' }, extraCaFile: '/nonexistent/ca.pem' });
      await assert.rejects(tools.ytDlp(REQUEST).finished, /\/nonexistent\/ca\.pem/);
    });

    it('keeps partial files of an attempt that broke', async (t) => {
      const folder = await makeFolder(t);
      const script = [FIND_DIRECTORY, INFO, 'echo half > "$DIR/a.mp4.part"', 'echo "ERROR: timed out" >&2; exit 1'];
      const ytDlp = await writeYtDlp(folder, script.join('\n'));
      await assert.rejects(
        toolsOf(folder, { paths: { ytDlp } }).tools.ytDlp(REQUEST).finished,
        hasCode('MF_ERR_NETWORK'),
      );
      assert.ok((await stat(join(folder, 'a.mp4.part'))).size > 0);
      assert.ok(!existsSync(join(folder, 'a.mp4')));
    });
  });
}
