import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { listMemoryRoots } from '../../core/src/worker/memory-directory.ts';
import { Product } from '../harness/product.ts';
import { createLab } from '../lab/index.ts';
import type { Lab, Platform } from '../lab/index.ts';

const HEADER = 'value-of-a-secret-header';
const PLATFORMS: readonly Platform[] = ['instagram', 'tiktok', 'reddit', 'x', 'youtube'];
const LIMIT_MS = 120_000;

/** What stands behind the names in Netscape text. */
const valuesOf = (netscape: string): string[] =>
  netscape.split('\n').flatMap((line) => (line.startsWith('#') ? [] : (line.split('\t')[6] ?? [])));

interface Finding {
  readonly where: string;
  readonly text: string;
}

/** Every file below a folder that can be read now. */
async function readFolder(folder: string): Promise<Finding[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  return Promise.all(files.map(async (where) => ({ where, text: await readFile(where, 'latin1').catch(() => '') })));
}

/** What other people of the machine, and whoever reads a crash, can see of the product's processes. */
async function readProcesses(product: Product): Promise<Finding[]> {
  const processes = await product.processes();
  const files = processes.flatMap(({ pid }) => [`/proc/${pid}/cmdline`, `/proc/${pid}/environ`]);
  return Promise.all(files.map(async (where) => ({ where, text: await readFile(where, 'latin1').catch(() => '') })));
}

/** Cookies are where they must be and nowhere else, while jobs run, when a worker is killed, and afterwards. */
describe('nothing shows a secret', async () => {
  const lab: Lab = await createLab();
  const secrets = [HEADER, ...PLATFORMS.flatMap((platform) => valuesOf(lab.cookies(platform)))];
  let product: Product;

  before(async () => {
    product = await Product.start({ lab, environment: { LOG_LEVEL: 'trace' } });
  });
  after(async () => {
    await product.close();
    await lab.close();
  });

  const search = (findings: readonly Finding[]): string[] =>
    findings.flatMap(({ where, text }) =>
      secrets.filter((secret) => text.includes(secret)).map((secret) => `${where} holds ${secret}`),
    );
  const answers: string[] = [];
  const keep = async <T>(answer: Promise<T>): Promise<T> => {
    answers.push(JSON.stringify(await answer));
    return answer;
  };

  test('cookies are tried where that is safe, and the answer tells how they stand', async () => {
    for (const platform of PLATFORMS) {
      const saved = await keep(
        product.api.post<{ status: string; count: number; test: string }>('/api/cookies', {
          platform,
          cookies: lab.cookies(platform),
        }),
      );
      const expected = { status: 'valid', count: 2, test: platform === 'reddit' ? 'passed' : 'not-tested' };
      assert.deepEqual({ status: saved.status, count: saved.count, test: saved.test }, expected, platform);
    }
    const stale = { platform: 'reddit', account: 'old', cookies: lab.cookies('reddit', 'stale') };
    const refused = await keep(product.api.post<{ status: string; test: string }>('/api/cookies', stale));
    assert.deepEqual([refused.status, refused.test], ['rejected', 'refused']);
  });

  test('not while jobs run, not when the worker is killed, not afterwards', async () => {
    // A minute, until the worker is dead.
    lab.throttle(5_000);
    const [slow] = lab.endless('tiktok', 1);
    const failing = lab.post('x-video');
    lab.set('x-video', 'private');
    assert.ok(slow);
    const { jobId } = await keep(
      product.api.post<{ jobId: string }>('/api/downloads', { url: slow.url, headers: { 'x-token': HEADER } }),
    );
    await product.api.until(jobId, ({ status, stage }) => status === 'running' && stage === 'fetch', LIMIT_MS);
    assert.deepEqual(search(await readProcesses(product)), []);
    assert.deepEqual(search(await readFolder(join(product.mediaRoot, 'tmp'))), []);
    const inMemory = (await Promise.all(listMemoryRoots(product.dataDir).map(readFolder))).flat();
    const inRun = await readFolder(join(product.dataDir, 'run'));
    assert.ok(
      search([...inMemory, ...inRun]).some((found) => found.includes('cookies.txt')),
      'the job has its cookies',
    );
    if (inMemory.length > 0) assert.deepEqual(search(await readFolder(product.dataDir)), []);

    const worker = (await product.processes()).find(({ command }) => / worker\s*$/.test(command));
    assert.ok(worker);
    process.kill(worker.pid, 'SIGKILL');
    lab.throttle(undefined);
    assert.equal((await keep(product.api.untilOver(jobId, LIMIT_MS))).status, 'completed');
    assert.ok(
      lab.requests().some(({ headers }) => headers.cookie?.includes(valuesOf(lab.cookies('tiktok'))[0] ?? '-')),
    );

    await keep(product.api.fetchPost(lab.post('instagram-reel').url));
    const failed = await keep(product.api.fetchPost(failing.url));
    assert.equal(failed.status, 'failed');
    const log = await (await product.api.fetch(`/api/downloads/${failed.id}/log`)).text();
    assert.match(log, /^\$ (?:yt-dlp|gallery-dl) /);
    answers.push(log);
    for (const path of ['/api/cookies', '/api/downloads?limit=200', '/api/library', '/health'])
      answers.push(JSON.stringify(await product.api.get(path)));

    await product.stopServer();
    const left = async (): Promise<boolean> => listMemoryRoots(product.dataDir).some((root) => existsSync(root));
    for (const end = Date.now() + LIMIT_MS; (await left()) && Date.now() < end;) await delay(50);
    assert.equal(await left(), false, 'something is left in memory');
    assert.deepEqual(
      search([
        { where: 'the log', text: product.log },
        { where: 'the API', text: answers.join('\n') },
        ...(await readFolder(product.dataDir)),
      ]),
      [],
    );
  });
});
