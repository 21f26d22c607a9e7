/** Runs the real tools against a lab, as tests need it. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { TestContext } from 'node:test';
import type { Lab, Platform } from './index.ts';

export interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly directory: string;
}

export interface RunOptions {
  /** Extra arguments. */
  readonly argv?: readonly string[];
  readonly cookies?: { readonly platform: Platform; readonly state?: 'valid' | 'stale' };
  /** Where files go. @default a new folder that ends with the test */
  readonly directory?: string;
  /** Stops the tool as soon as it has written this on stdout. */
  readonly killAt?: RegExp;
}

const YTDLP = [
  '--ignore-config',
  '--no-update',
  '--no-cache-dir',
  '--compat-options',
  'no-certifi',
  '--socket-timeout',
  '20',
  '--retries',
  '0',
  '--extractor-retries',
  '0',
  '--newline',
  '--no-color',
  '--progress',
  '--js-runtimes',
  `node:${process.execPath}`,
  '-o',
  '%(id)s.%(ext)s',
];
const GALLERYDL = [
  '--config-ignore',
  '-o',
  'cache.file=:memory:',
  '-o',
  'cookies-update=false',
  '-o',
  'sleep-request=0',
  '-o',
  'ratelimit=abort',
  '-R',
  '0',
  '--http-timeout',
  '20',
  '-D',
  '.',
  '-f',
  '{num:>03}.{extension}',
];

export const TOOLS = {
  'yt-dlp': { path: process.env['YTDLP_PATH'] ?? 'yt-dlp', argv: YTDLP },
  'gallery-dl': { path: process.env['GALLERYDL_PATH'] ?? 'gallery-dl', argv: GALLERYDL },
} as const;

/** A folder that goes with the test. */
export const temporaryFolder = async (t: TestContext): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'lab-test-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
};

/** Runs a tool on an address and waits for its end. */
export const runTool = async (
  t: TestContext,
  lab: Lab,
  tool: keyof typeof TOOLS,
  url: string,
  options: RunOptions = {},
): Promise<Run> => {
  const directory = options.directory ?? (await temporaryFolder(t));
  const argv = [...TOOLS[tool].argv, '--proxy', lab.proxyUrl, ...(options.argv ?? [])];
  if (options.cookies !== undefined) {
    const jar = join(await temporaryFolder(t), 'cookies.txt');
    await writeFile(jar, lab.cookies(options.cookies.platform, options.cookies.state));
    argv.push('--cookies', jar);
  }
  const child = spawn(TOOLS[tool].path, [...argv, '--', url], {
    cwd: directory,
    env: { ...process.env, SSL_CERT_FILE: lab.caFile, REQUESTS_CA_BUNDLE: lab.caFile, PYTHONUNBUFFERED: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const { killAt } = options;
  if (killAt !== undefined)
    child.stdout.on('data', (chunk: Buffer) => killAt.test(chunk.toString()) && child.kill('SIGTERM'));
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<[number | null]>,
  ]);
  return { code, stdout, stderr, directory };
};

/** SHA-256 of the files of a folder, in the order of their names. */
export const hashesOf = async (directory: string): Promise<string[]> => {
  const names = (await readdir(directory)).sort();
  return Promise.all(
    names.map(async (name) =>
      createHash('sha256')
        .update(await readFile(join(directory, name)))
        .digest('hex'),
    ),
  );
};

/** A plain request through the proxy: what a program without TLS would see. */
export const ask = async (
  lab: Lab,
  url: string,
  headers: Record<string, string> = {},
): Promise<{ status: number; location: string | undefined; body: string }> => {
  const { hostname, port } = new URL(lab.proxyUrl);
  const request = http.get({
    hostname,
    port,
    path: url.replace('https:', 'http:'),
    headers: { host: new URL(url).host, ...headers },
    agent: false,
  });
  const [response] = (await once(request, 'response')) as [http.IncomingMessage];
  return { status: response.statusCode ?? 0, location: response.headers.location, body: await text(response) };
};
