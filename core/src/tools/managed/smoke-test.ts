import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CodedError } from '../../errors.ts';
import { buildGalleryDlArguments } from '../gallery-dl/build-arguments.ts';
import { parseGalleryDlLine } from '../gallery-dl/parse-line.ts';
import { redactLog } from '../failure/redact-log.ts';
import { buildChildEnvironment } from '../process/child-environment.ts';
import { runProcess } from '../process/run-process.ts';
import { buildYtDlpArguments } from '../yt-dlp/build-arguments.ts';
import { parseYtDlpLine } from '../yt-dlp/parse-line.ts';
import type { UpdatedTool } from './environment-versions.ts';

/** What the tools are asked for; no media, only what begins like them. */
const SAMPLES: Readonly<Record<string, { readonly type: string; readonly body: Buffer }>> = {
  '/sample.mp4': {
    type: 'video/mp4',
    body: Buffer.concat([
      Buffer.from('\0\0\0\x18ftypmp42\0\0\0\0mp42isom', 'latin1'),
      Buffer.alloc(4096, 'mediafetcher'),
    ]),
  },
  '/sample.jpg': {
    type: 'image/jpeg',
    body: Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(4096, 'mediafetcher')]),
  },
};
const TIMEOUT_MS = 60_000;

/**
 * Lets new tools fetch a built-in sample from this machine, with the arguments and the reading of every download.
 * @throws MF_ERR_INTERNAL for a tool that does not bring it byte for byte
 */
export async function smokeTest(environment: string, signal: AbortSignal): Promise<void> {
  const server = createServer((request, response) => {
    const sample = SAMPLES[request.url ?? ''];
    response.writeHead(sample === undefined ? 404 : 200, {
      'content-type': sample?.type ?? 'text/plain',
      'content-length': sample?.body.length ?? 0,
    });
    response.end(request.method === 'HEAD' ? undefined : sample?.body);
  });
  const folder = await mkdtemp(join(tmpdir(), 'mediafetcher-smoke-'));
  try {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    await tryTool('yt-dlp', '/sample.mp4', { environment, folder, origin, signal });
    await tryTool('gallery-dl', '/sample.jpg', { environment, folder, origin, signal });
  } finally {
    server.closeAllConnections();
    server.close();
    await rm(folder, { recursive: true, force: true });
  }
}

interface Place {
  readonly environment: string;
  readonly folder: string;
  readonly origin: string;
  readonly signal: AbortSignal;
}

async function tryTool(tool: UpdatedTool, path: string, { environment, folder, origin, signal }: Place): Promise<void> {
  const brought: string[] = [];
  const outcome = await runProcess({
    file: join(environment, 'bin', tool),
    arguments: argumentsOf(tool, `${origin}${path}`, folder),
    environment: buildChildEnvironment(process.env, { ownProxy: true }),
    signal,
    timeoutMs: TIMEOUT_MS,
    killSignal: 'SIGKILL',
    onStdout: ({ text }) => {
      const line = tool === 'yt-dlp' ? parseYtDlpLine(text) : parseGalleryDlLine(text);
      if (line.kind === 'final' || line.kind === 'file') brought.push(line.path);
    },
  });
  signal.throwIfAborted();
  const [file] = brought;
  const bytes = file === undefined ? undefined : await readFile(file).catch(() => undefined);
  const sample = SAMPLES[path];
  if (outcome.exitCode === 0 && sample !== undefined && bytes?.equals(sample.body) === true) return;
  const cause = new Error(redactLog(`${outcome.stdout}\n${outcome.stderr}`));
  throw new CodedError(
    'MF_ERR_INTERNAL',
    `The new ${tool} does not bring a sample as it should. Nothing was changed.`,
    { cause },
  );
}

function argumentsOf(tool: UpdatedTool, url: string, folder: string): string[] {
  const maxFileBytes = 1_000_000;
  return tool === 'yt-dlp'
    ? buildYtDlpArguments({
        url,
        extractors: ['generic'],
        directory: folder,
        cacheDirectory: join(folder, 'cache'),
        maxFileBytes,
      })
    : buildGalleryDlArguments({
        url,
        directory: folder,
        cacheFile: join(folder, 'cache.sqlite3'),
        maxFileBytes,
        slow: false,
      });
}
