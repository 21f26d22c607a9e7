import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { after, before, describe, test } from 'node:test';
import { Product } from '../harness/product.ts';
import { createLab } from '../lab/index.ts';
import type { Lab } from '../lab/index.ts';

/** Generous: only what has got stuck meets it. */
const PATIENCE_MS = 240_000;

interface State {
  readonly status: string;
  readonly heldReason: string | null;
}

describe('a file that is being made playable, by real processes', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'mediafetcher-slow-'));
  /** While it is there, what is converted takes hours. */
  const slow = join(folder, 'slow');
  const ffmpeg = join(folder, 'ffmpeg');
  const lab: Lab = await createLab();
  let product: Product;
  let id: string;
  let original: readonly string[];

  before(async () => {
    const real =
      process.env['FFMPEG_PATH'] ?? execFileSync('sh', ['-c', 'command -v ffmpeg'], { encoding: 'utf8' }).trim();
    const script = `#!/bin/sh\ncase "$*" in *libx264*) [ -e '${slow}' ] && exec '${real}' -readrate 0.0005 "$@";; esac\nexec '${real}' "$@"\n`;
    await writeFile(ffmpeg, script, { mode: 0o755 });
    product = await Product.start({ lab, environment: { FFMPEG_PATH: ffmpeg } });
    const turn = 'mutation ($enabled: Boolean!) { setPluginEnabled(id: "ffmpeg-h264", enabled: $enabled) { id } }';
    await product.api.graphql(turn, { enabled: false });
    const post = lab.post('tiktok-hevc');
    assert.equal((await product.api.fetchPost(post.url)).status, 'completed');
    await product.api.graphql(turn, { enabled: true });
    id = (await product.api.postOf(post.key))?.id ?? '';
    original = await product.finalFiles();
    assert.equal(original.length, 1);
  });
  after(async () => {
    await product.close();
    await lab.close();
    await rm(folder, { recursive: true, force: true });
  });

  const state = async (): Promise<State | null> =>
    (
      await product.api.graphql<{ renditionState: State | null }>(
        'query ($id: ID!) { renditionState(id: $id, index: 0) { status heldReason } }',
        { id },
      )
    ).renditionState;
  const ask = async (what: 'makePlayable' | 'cancelPlayable'): Promise<string | undefined> =>
    (
      await product.api.graphql<Record<string, State>>(
        `mutation ($id: ID!) { ${what}(id: $id, index: 0) { status heldReason } }`,
        { id },
      )
    )[what]?.status;
  const conversions = async (): Promise<number> =>
    (await product.processes()).filter(({ command }) => command.includes('libx264')).length;
  const begin = async (): Promise<void> => {
    await writeFile(slow, '');
    await ask('makePlayable');
    await until(async () => (await conversions()) > 0);
    assert.equal((await state())?.status, 'running');
  };

  test('cancelled, its ffmpeg ends, and nothing of it is left', async () => {
    await begin();
    assert.equal(await ask('cancelPlayable'), 'cancelled');
    assert.equal(await state(), null);
    await until(async () => (await conversions()) === 0);
    await until(async () => (await product.stagedFiles()).length === 0);
    assert.deepEqual(await product.finalFiles(), original);
  });

  test('its worker killed in the middle, the next one makes it, and nothing is left over', async () => {
    await begin();
    const worker = (await product.processes()).find(({ command }) => / worker\s*$/.test(command));
    assert.ok(worker);
    await rm(slow);
    process.kill(worker.pid, 'SIGKILL');
    await until(async () => (await state())?.status === 'ready');
    assert.equal((await product.finalFiles()).length, 2);
    await until(async () => (await product.stagedFiles()).length === 0);
    await until(async () => (await conversions()) === 0);
    await product.api.request('DELETE', `/api/library/${id}`);
    assert.deepEqual(await product.finalFiles(), []);
  });
});

/** Waits for a fact that the server brings about. */
async function until(fact: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + PATIENCE_MS;
  while (!(await fact())) {
    if (Date.now() > end) throw new Error('It never came about.');
    await delay(100);
  }
}
