import type { Dispatcher } from 'undici';
import type { GuardedHttp, HttpResponse, ProgressUpdate } from '@mediafetcher/sdk';
import { PluginError } from '@mediafetcher/sdk';
import { downloadFile } from './download-file.ts';
import type { GuardedSendOptions } from './guarded-send.ts';
import { createGuardedSend } from './guarded-send.ts';
import { toHttpFailure } from './http-failure.ts';

export interface GuardedHttpOptions extends GuardedSendOptions {
  readonly stagingDirectory: string;
  readonly maxFileBytes: number;
  /** Called once for each download: its progress goes there. */
  readonly onDownload: () => (update: ProgressUpdate) => void;
}

/** Bytes of a page that are read. */
const MAX_TEXT_BYTES = 5_000_000;
const REQUEST_TIMEOUT_MS = 30_000;

/** HTTP of one plugin in one job. */
export function createGuardedHttp(options: GuardedHttpOptions): GuardedHttp {
  const guardedSend = createGuardedSend(options);
  return {
    async request(url, { method = 'GET', headers = {} } = {}) {
      const signal = AbortSignal.any([options.signal, AbortSignal.timeout(REQUEST_TIMEOUT_MS)]);
      return readResponse(await guardedSend(url, { method, headers, signal }), options.signal);
    },
    download: (url, path, { headers = {} } = {}) =>
      downloadFile(guardedSend, { ...options, url, path, headers, onProgress: options.onDownload() }),
  };
}

function readResponse(response: Dispatcher.ResponseData, jobSignal: AbortSignal): HttpResponse {
  const headers = Object.fromEntries(
    Object.entries(response.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );
  // A body that nobody reads may still fail later; that must not end the process.
  response.body.on('error', () => undefined);
  return { status: response.statusCode, headers, text: () => readText(response, jobSignal) };
}

async function readText({ body }: Dispatcher.ResponseData, jobSignal: AbortSignal): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > MAX_TEXT_BYTES) throw new PluginError('MF_ERR_TOO_LARGE', 'The page is larger than 5 MB.');
      chunks.push(chunk);
    }
  } catch (error) {
    throw toHttpFailure(error, 'the site', jobSignal);
  }
  return Buffer.concat(chunks, size).toString('utf8');
}
