import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { listMemoryRoots } from '../../../core/src/worker/memory-directory.ts';
import type { Product } from '../../harness/product.ts';

/** What takes a moment to end is given so long, in milliseconds. */
const PATIENCE_MS = 90_000;

/** Waits until a list is empty; gives what is left of it when that does not come to pass. */
export async function untilEmpty(list: () => Promise<readonly string[]>): Promise<readonly string[]> {
  const end = Date.now() + PATIENCE_MS;
  let left = await list();
  while (left.length > 0 && Date.now() < end) {
    await delay(50);
    left = await list();
  }
  return left;
}

/** Staged files, private folders of jobs with the jars in them, and processes whose parents are gone. */
export async function listLeftovers(product: Product): Promise<string[]> {
  const staged = (await product.stagedFiles()).map((path) => `tmp/${path}`);
  return [...staged, ...(await listPrivateFiles(product)), ...(await listStrays(product))];
}

/** Job folders and jars below `run/` and in memory; the folders of living workers may stand there empty. */
async function listPrivateFiles(product: Product): Promise<string[]> {
  const roots = [join(product.dataDir, 'run'), ...listMemoryRoots(product.dataDir)];
  const workers = await Promise.all(
    roots.map(async (root) => (await readdir(root).catch(() => [])).map((name) => join(root, name))),
  );
  const living = (await product.processes()).map(({ pid }) => pid);
  const found = await Promise.all(
    workers.flat().map(async (folder) => {
      // A warm runner's own folder lives as long as its worker.
      const names = (await readdir(folder).catch(() => [])).filter((name) => !/^runner-\d+$/.test(name));
      const pid = Number(/\.(\d+)-\d*$/.exec(folder)?.[1]);
      const isOfTheDead = !Number.isNaN(pid) && !living.includes(pid);
      return [...(isOfTheDead ? [folder] : []), ...names.map((name) => join(folder, name))];
    }),
  );
  return found.flat();
}

/** Processes of the product that do not descend from its server. */
async function listStrays(product: Product): Promise<string[]> {
  const processes = await product.processes();
  const parents = new Map(await Promise.all(processes.map(async ({ pid }) => [pid, await parentOf(pid)] as const)));
  const descends = (pid: number): boolean => {
    if (pid === product.pid) return true;
    const parent = parents.get(pid);
    return parent !== undefined && parent > 1 && descends(parent);
  };
  return processes.filter(({ pid }) => !descends(pid)).map(({ pid, command }) => `process ${pid} ${command}`);
}

async function parentOf(pid: number): Promise<number | undefined> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const parent = /^PPid:\s+(\d+)/m.exec(status)?.[1];
  return parent === undefined ? undefined : Number(parent);
}

/** Files in `final/` that are not what their names say. */
export async function listPartialFiles(product: Product): Promise<string[]> {
  const directory = join(product.mediaRoot, 'final');
  const wrong: string[] = [];
  for (const name of await readdir(directory)) {
    const hash = createHash('sha256');
    await pipeline(createReadStream(join(directory, name)), hash);
    if (!/^[0-9a-f]{64}\.[a-z0-9]{2,4}$/.test(name) || name.split('.')[0] !== hash.digest('hex')) wrong.push(name);
  }
  return wrong;
}
