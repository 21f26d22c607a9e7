import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { ApiClient } from '../harness/api-client.ts';
import { freePort } from '../harness/free-port.ts';
import { ADMIN } from '../harness/product.ts';

const ROOT = join(import.meta.dirname, '../..');
const PATIENCE_MS = 120_000;

describe('npm run dev', () => {
  const dataDir = mkdtemp(join(tmpdir(), 'mediafetcher-dev-'));
  let dev: ReturnType<typeof spawn>;
  let origin = '';
  let output = '';

  before(async () => {
    const [port, webPort] = [await freePort(), await freePort()];
    origin = `http://127.0.0.1:${webPort}`;
    dev = spawn(
      process.execPath,
      ['scripts/dev.ts', '--host', '127.0.0.1', '--port', String(webPort), '--strictPort'],
      {
        cwd: ROOT,
        env: {
          ...process.env,
          DATA_DIR: await dataDir,
          PORT: String(port),
          WORKERS: '0',
          LOG_LEVEL: 'warn',
          ADMIN_USERNAME: ADMIN.username,
          ADMIN_PASSWORD: ADMIN.password,
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    const keep = (chunk: Buffer): void => void (output += chunk.toString());
    dev.stdout?.on('data', keep);
    dev.stderr?.on('data', keep);
    await until(async () => isAlive(origin));
  });
  after(async () => {
    if (dev.exitCode === null) dev.kill('SIGKILL');
    await rm(await dataDir, { recursive: true, force: true });
  });

  /** Waits for a condition, as long as the processes run. */
  async function until(condition: () => Promise<boolean>): Promise<void> {
    const end = Date.now() + PATIENCE_MS;
    while (!(await condition())) {
      assert.ok(Date.now() < end && dev.exitCode === null, output);
      await delay(50);
    }
  }

  it('serves the web app from its sources, with the API and the sockets of the server behind it', async (t) => {
    const page = await fetch(origin, { headers: { accept: 'text/html' } });
    assert.match(await page.text(), /@vite\/client/);
    const api = new ApiClient(origin);
    await api.login(ADMIN);
    const login = await fetch(`${origin}/api/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(ADMIN),
    });
    const { accessToken } = (await login.json()) as { accessToken: string };
    const socket = new WebSocket(`${origin.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
      headers: { authorization: `Bearer ${accessToken}` },
    });
    t.after(() => socket.terminate());
    await once(socket, 'open');
    socket.send(JSON.stringify({ type: 'connection_init' }));
    const [message] = (await once(socket, 'message')) as [Buffer];
    assert.deepEqual((JSON.parse(message.toString()) as { type: string }).type, 'connection_ack');
  });

  it('starts the server again when a source changes', async () => {
    const now = new Date();
    await utimes(join(ROOT, 'core/src/main.ts'), now, now);
    await until(async () => output.includes('core/src/main.ts has changed'));
    await until(async () => isAlive(origin));
  });

  it('ends with all that it started', async () => {
    const exited = once(dev, 'exit');
    dev.kill('SIGTERM');
    assert.deepEqual(await exited, [0, null]);
    await assert.rejects(fetch(origin));
  });
});

async function isAlive(origin: string): Promise<boolean> {
  return fetch(`${origin}/health/live`).then(
    ({ ok }) => ok,
    () => false,
  );
}
