import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { isBuilt } from '../../scripts/build/stamp.ts';
import { SERVER } from '../../scripts/build/server.ts';
import type { Lab } from '../lab/index.ts';
import { ApiClient } from './api-client.ts';
import { freePort } from './free-port.ts';

/** The built server, as the image runs it; the sources where they have changed since it was built. */
const MAIN = join(import.meta.dirname, '../../core', isBuilt(SERVER) ? 'dist/main.js' : 'src/main.ts');
/** Only a server that never starts meets it. */
const START_MS = 180_000;
export const ADMIN = { username: 'owner', password: 'correct horse battery' } as const;

export interface ProductOptions {
  /** Stands in for the platforms, by the product's own proxy and CA settings. */
  readonly lab?: Lab;
  /** @default a new folder that goes with {@link Product.close} */
  readonly dataDir?: string;
  readonly environment?: NodeJS.ProcessEnv;
  /** False leaves the set-up to the test. @default true */
  readonly admin?: boolean;
  /** Show the server's log. */
  readonly verbose?: boolean;
}

/** A real server process with its workers, as `npm run up` starts it. */
export class Product {
  readonly url: string;
  readonly dataDir: string;
  readonly mediaRoot: string;
  readonly api: ApiClient;
  readonly #options: ProductOptions;
  readonly #port: number;
  readonly #ownsData: boolean;
  readonly #log: string[] = [];
  #child: ChildProcess | undefined;

  private constructor(options: ProductOptions, port: number, dataDir: string) {
    this.#options = options;
    this.#port = port;
    this.#ownsData = options.dataDir === undefined;
    this.dataDir = dataDir;
    this.mediaRoot = join(dataDir, 'media');
    this.url = `http://127.0.0.1:${port}`;
    this.api = new ApiClient(this.url);
  }

  static async start(options: ProductOptions = {}): Promise<Product> {
    const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'mediafetcher-')));
    const product = new Product(options, await freePort(), dataDir);
    try {
      await product.startServer();
      if (options.admin !== false) await product.api.login(ADMIN);
    } catch (error) {
      // Nobody else can end it, and it would keep the test's own process alive.
      await product.close();
      throw error;
    }
    return product;
  }

  /** The server's process id. */
  get pid(): number {
    const pid = this.#child?.pid;
    if (pid === undefined) throw new Error('The server does not run.');
    return pid;
  }

  get log(): string {
    return this.#log.join('');
  }

  async startServer(): Promise<void> {
    const { lab, environment, admin = true, verbose = false } = this.#options;
    await mkdir(join(this.dataDir, 'temp'), { recursive: true });
    const child = spawn(process.execPath, [MAIN], {
      env: {
        ...process.env,
        DATA_DIR: this.dataDir,
        TMPDIR: join(this.dataDir, 'temp'),
        PORT: String(this.#port),
        ...(admin && { ADMIN_USERNAME: ADMIN.username, ADMIN_PASSWORD: ADMIN.password }),
        // The lab has no accounts to lose, and its posts fail one after the other.
        ...(lab && { PROXY_URL: lab.proxyUrl, EXTRA_CA_FILE: lab.caFile, POLITE: 'false' }),
        ...environment,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    const keep = (chunk: Buffer): void => {
      this.#log.push(chunk.toString());
      if (verbose) process.stderr.write(chunk);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    await this.#waitUntilReady(child);
  }

  /** Ends it like Ctrl-C; gives the exit code. */
  async stopServer(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    const child = this.#child;
    if (child === undefined) return null;
    this.#child = undefined;
    if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
    child.kill(signal);
    return ended;
  }

  async close(): Promise<void> {
    await this.stopServer();
    if (this.#ownsData) await rm(this.dataDir, { recursive: true, force: true });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  /** Names in `final/`. */
  async finalFiles(): Promise<string[]> {
    return (await readdir(join(this.mediaRoot, 'final'))).sort();
  }

  /** What is left in `tmp/`. */
  async stagedFiles(): Promise<string[]> {
    const folder = join(this.mediaRoot, 'tmp');
    for (;;) {
      try {
        return await readdir(folder, { recursive: true });
      } catch (error) {
        // A folder in it went while it was read.
        const isGone = (error as NodeJS.ErrnoException).code === 'ENOENT';
        if (!isGone || !existsSync(folder)) throw error;
      }
    }
  }

  /** Every process that works for this product: its command line or environment (TMPDIR reaches every child) names the folder. */
  async processes(): Promise<{ pid: number; command: string }[]> {
    const found: { pid: number; command: string }[] = [];
    for (const name of await readdir('/proc')) {
      const pid = Number(name);
      if (!Number.isInteger(pid) || pid === process.pid) continue;
      const [command, environment, status] = await Promise.all(
        ['cmdline', 'environ', 'status'].map(async (file) =>
          readFile(`/proc/${name}/${file}`, 'latin1').catch(() => ''),
        ),
      );
      if (/^State:\s*Z/m.test(status ?? '')) continue;
      const ours = command?.includes(this.dataDir) === true || environment?.includes(this.dataDir) === true;
      if (ours) {
        found.push({ pid, command: (command ?? '').replaceAll('\0', ' ') });
      }
    }
    return found;
  }

  async #waitUntilReady(child: ChildProcess): Promise<void> {
    const until = Date.now() + START_MS;
    while (Date.now() < until) {
      if (child.exitCode !== null) break;
      const health = await fetch(`${this.url}/health`).then(
        async (response) => response.json() as Promise<{ parts?: { workers?: { status: string } } }>,
        () => undefined,
      );
      const wantsWorkers = this.#options.environment?.['WORKERS'] !== '0';
      if (health !== undefined && (!wantsWorkers || health.parts?.workers?.status === 'ok')) return;
      await delay(50);
    }
    throw new Error(`The server did not start.\n${this.log}`);
  }
}
