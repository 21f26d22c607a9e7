import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { YtDlpListing } from '@mediafetcher/sdk';
import { withCookieCopy } from '../cookie-copy.ts';
import { withPrivateOptions } from '../private-options.ts';
import { startRun } from '../start-run.ts';
import { requireTool } from '../tool-context.ts';
import type { ToolContext } from '../tool-context.ts';
import { formatYtDlpConfig } from '../yt-dlp/build-arguments.ts';
import { buildYtDlpListingArguments } from '../yt-dlp/build-listing-arguments.ts';
import { parseYtDlpLine } from '../yt-dlp/parse-line.ts';
import { streamRows } from './row-stream.ts';
import type { RowSink } from './row-stream.ts';

type Row = Readonly<Record<string, unknown>>;

/** Reads a list with yt-dlp. Nothing is downloaded. */
export function listYtDlp(context: ToolContext, request: YtDlpListing): AsyncIterable<Row> {
  return streamRows<Row>(async (sink) => readList(context, request, sink));
}

async function readList(context: ToolContext, request: YtDlpListing, sink: RowSink<Row>): Promise<void> {
  let count = 0;
  const onStdout = ({ text }: { readonly text: string }): void => {
    const line = parseYtDlpLine(text);
    if (line.kind !== 'info') return;
    count += 1;
    sink.push(line.info);
  };
  const run = startRun<never, undefined>(context, async (handle) =>
    withCookieCopy(context, async (cookiesFile) => {
      await mkdir(context.stateDirectory, { recursive: true, mode: 0o700 });
      const outcome = await withPrivateOptions(context, formatYtDlpConfig(context), async (configFile) =>
        handle.process({
          tool: 'yt-dlp',
          file: requireTool(context, 'yt-dlp'),
          arguments: await buildArguments(context, request, { cookiesFile, configFile }),
          onStdout,
        }),
      );
      if (!sink.signal.aborted) await handle.judge({ outcome, tool: 'yt-dlp', files: count, documents: count });
      return undefined;
    }),
  );
  sink.signal.addEventListener('abort', () => run.cancel(), { once: true });
  await run.finished;
}

async function buildArguments(
  context: ToolContext,
  { url, extractors, limit, extra }: YtDlpListing,
  { cookiesFile, configFile }: { readonly cookiesFile: string | undefined; readonly configFile: string | undefined },
): Promise<string[]> {
  const { ownCa } = await context.trust();
  return buildYtDlpListingArguments({
    url,
    extractors,
    posts: limit,
    cacheDirectory: join(context.stateDirectory, 'yt-dlp-cache'),
    slow: context.slow,
    ownCa,
    ...(cookiesFile !== undefined && { cookiesFile }),
    ...(configFile !== undefined && { configFile }),
    ...(extra !== undefined && { extra }),
  });
}
