import { mkdir } from 'node:fs/promises';
import type { GalleryDlListing, GalleryDlRow } from '@mediafetcher/sdk';
import { formatGalleryDlConfig } from '../gallery-dl/build-arguments.ts';
import { buildGalleryDlListingArguments } from '../gallery-dl/build-listing-arguments.ts';
import { findCacheFile } from '../gallery-dl/cache-file.ts';
import { parseGalleryDlLine } from '../gallery-dl/parse-line.ts';
import { withPrivateOptions } from '../private-options.ts';
import { startRun } from '../start-run.ts';
import { requireTool } from '../tool-context.ts';
import type { ToolContext } from '../tool-context.ts';
import { createRowReader } from './row-reader.ts';
import { streamRows } from './row-stream.ts';
import type { RowSink } from './row-stream.ts';
import { countToScan } from './scan.ts';

/** Reads a list with gallery-dl. Nothing is downloaded. */
export function listGalleryDl(context: ToolContext, request: GalleryDlListing): AsyncIterable<GalleryDlRow> {
  return streamRows<GalleryDlRow>(async (sink) => readList(context, request, sink));
}

async function readList(context: ToolContext, request: GalleryDlListing, sink: RowSink<GalleryDlRow>): Promise<void> {
  let count = 0;
  const reader = createRowReader(request.idField, (row) => {
    count += 1;
    sink.push(row);
  });
  const run = startRun<never, undefined>(context, async (handle) => {
    await mkdir(context.stateDirectory, { recursive: true, mode: 0o700 });
    const outcome = await withPrivateOptions(context, formatGalleryDlConfig(context), async (configFile) =>
      handle.process({
        tool: 'gallery-dl',
        file: requireTool(context, 'gallery-dl'),
        arguments: await buildArguments(context, request, configFile),
        onStdout: ({ text }) => reader.take(text),
        // It would sleep here and knock again; the queue waits better.
        onStderr: ({ text }) => parseGalleryDlLine(text).kind === 'refused' && handle.stop('rate-limited'),
      }),
    );
    reader.end();
    if (!sink.signal.aborted) await handle.judge({ outcome, tool: 'gallery-dl', files: count, documents: count });
    return undefined;
  });
  sink.signal.addEventListener('abort', () => run.cancel(), { once: true });
  await run.finished;
}

async function buildArguments(
  context: ToolContext,
  { url, fields, idField, limit, extra }: GalleryDlListing,
  configFile: string | undefined,
): Promise<string[]> {
  const { cookiesFile, slow } = context;
  return buildGalleryDlListingArguments({
    url,
    fields: [...new Set([idField, ...fields])],
    posts: countToScan(limit),
    cacheFile: await findCacheFile(context),
    slow,
    ...(cookiesFile !== undefined && { cookiesFile }),
    ...(configFile !== undefined && { configFile }),
    ...(extra !== undefined && { extra }),
  });
}
