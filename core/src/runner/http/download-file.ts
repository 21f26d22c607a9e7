import { open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Dispatcher } from 'undici';
import type { ProgressUpdate } from '@mediafetcher/sdk';
import { PluginError, isPluginError } from '@mediafetcher/sdk';
import type { GuardedSend } from './guarded-send.ts';
import { toHttpFailure, toStatusFailure } from './http-failure.ts';
import type { PartialFacts } from './range-answer.ts';
import { readRangeAnswer } from './range-answer.ts';
import { createSpeedometer } from './speedometer.ts';

export interface DownloadRequest {
  readonly url: string;
  /** Absolute, inside the staging directory. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly stagingDirectory: string;
  readonly maxFileBytes: number;
  readonly signal: AbortSignal;
  readonly onProgress: (update: ProgressUpdate) => void;
}

/** A connection that breaks in the middle is taken up again this often. */
const TRIES = 4;
const RETRY_DELAY_MS = 300;

/** Streams an address to a file by way of `PATH.part`, which a later attempt resumes. @throws PluginError */
export async function downloadFile(send: GuardedSend, request: DownloadRequest): Promise<{ size: number }> {
  checkPath(request);
  const part = `${request.path}.part`;
  for (let tries = 1; ; tries++) {
    try {
      await downloadOnce(send, request, part);
      break;
    } catch (error) {
      const transient = isPluginError(error) && error.code === 'MF_ERR_NETWORK' && !request.signal.aborted;
      if (!transient || tries === TRIES) throw error;
      await delay(RETRY_DELAY_MS * tries, undefined, { signal: request.signal });
    }
  }
  await rename(part, request.path);
  await rm(factsFile(part), { force: true });
  return { size: (await stat(request.path)).size };
}

async function downloadOnce(send: GuardedSend, request: DownloadRequest, part: string): Promise<void> {
  const host = new URL(request.url).hostname;
  const known = await readPartial(part);
  const range = known === undefined ? {} : { range: `bytes=${known.size}-` };
  const headers = { 'accept-encoding': 'identity', ...request.headers, ...range };
  const response = await send(request.url, { method: 'GET', headers, signal: request.signal });
  response.body.on('error', () => undefined);
  const answer = readRangeAnswer(response.statusCode, response.headers, known);
  if (answer.kind === 'complete' || answer.kind === 'restart') {
    response.body.destroy();
    if (answer.kind === 'complete') return;
    await rm(part, { force: true });
    return downloadOnce(send, request, part);
  }
  const failure = toStatusFailure(response.statusCode, host, [response.headers['retry-after']].flat()[0]);
  if (failure !== undefined) {
    response.body.destroy();
    throw failure;
  }
  checkSize(answer.total ?? 0, request.maxFileBytes);
  await writeFile(factsFile(part), JSON.stringify(answer.facts));
  const file = await open(part, answer.start === 0 ? 'w' : 'r+');
  try {
    await writeBody(file, response, answer, request, host);
  } finally {
    await file.close();
  }
}

interface Span {
  readonly start: number;
  readonly total?: number;
}

async function writeBody(
  file: FileHandle,
  response: Dispatcher.ResponseData,
  { start, total }: Span,
  request: DownloadRequest,
  host: string,
): Promise<void> {
  const meter = createSpeedometer(start, total, request.onProgress);
  let position = start;
  try {
    for await (const chunk of response.body as AsyncIterable<Buffer>) {
      checkSize(position + chunk.length, request.maxFileBytes);
      await file.write(chunk, 0, chunk.length, position);
      position += chunk.length;
      meter.advance(position);
    }
  } catch (error) {
    throw toHttpFailure(error, host, request.signal);
  }
  if (total !== undefined && position < total) {
    throw new PluginError('MF_ERR_NETWORK', `${host} broke off after ${position} of ${total} bytes.`);
  }
}

/** A partial file is worth something only with the facts that tell whether it is still the same file. */
async function readPartial(part: string): Promise<PartialFacts | undefined> {
  try {
    const [{ size }, facts] = await Promise.all([stat(part), readFile(factsFile(part), 'utf8')]);
    // Written by this function; a damaged one fails to parse.
    return size === 0 ? undefined : { ...(JSON.parse(facts) as Omit<PartialFacts, 'size'>), size };
  } catch {
    return undefined;
  }
}

function factsFile(part: string): string {
  return `${part}.json`;
}

function checkSize(size: number, maximum: number): void {
  if (size > maximum) {
    throw new PluginError(
      'MF_ERR_TOO_LARGE',
      `The file is larger than the ${Math.floor(maximum / 1_048_576)} MB that are allowed.`,
    );
  }
}

function checkPath({ path, stagingDirectory }: DownloadRequest): void {
  const inside = relative(resolve(stagingDirectory), resolve(path));
  if (inside === '' || inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside)) {
    throw new PluginError('MF_ERR_PLUGIN', 'The plugin wanted to download to a place outside the staging directory.');
  }
}
