import { mkdir } from 'node:fs/promises';
import type { GalleryDlFile, GalleryDlRequest, GalleryDlRun } from '@mediafetcher/sdk';
import { withPrivateOptions } from '../private-options.ts';
import { startRun } from '../start-run.ts';
import type { RunHandle } from '../start-run.ts';
import { requireTool } from '../tool-context.ts';
import type { ToolContext } from '../tool-context.ts';
import { keepWholeFiles } from '../whole-files.ts';
import { buildGalleryDlArguments, formatGalleryDlConfig } from './build-arguments.ts';
import { findCacheFile } from './cache-file.ts';
import { parseGalleryDlLine } from './parse-line.ts';
import type { GalleryDlLine } from './parse-line.ts';
import { createGalleryDlMeter } from './progress-meter.ts';

type Metadata = Readonly<Record<string, unknown>>;
type Finished = Awaited<GalleryDlRun['finished']>;

/** Starts gallery-dl once: it downloads, and tells what it knows of each file before. */
export function runGalleryDl(context: ToolContext, request: GalleryDlRequest): GalleryDlRun {
  return startRun<Metadata, Finished>(context, async (run) => {
    const collector = createCollector(context, run);
    const outcome = await prepareGalleryDl(context, request, async (argv) =>
      run.process({
        tool: 'gallery-dl',
        file: requireTool(context, 'gallery-dl'),
        arguments: argv,
        onStdout: ({ text }) => collector.take(parseGalleryDlLine(text)),
        onStderr: ({ text }) => collector.take(parseGalleryDlLine(text)),
      }),
    );
    const files = await keepWholeFiles(collector.files);
    // An item without its file (too large, failed) is a failure of the post, whatever the exit code says.
    const whole = files.length >= collector.items() ? files.length : 0;
    await run.judge({ outcome, tool: 'gallery-dl', files: whole, documents: collector.items() });
    return { files };
  });
}

/** Makes the folders and the file of private options that a run needs, for as long as it lasts. */
export async function prepareGalleryDl<T>(
  context: ToolContext,
  request: GalleryDlRequest,
  use: (argv: string[]) => Promise<T>,
): Promise<T> {
  const directory = request.directory ?? context.stagingDirectory;
  await mkdir(directory, { recursive: true });
  await mkdir(context.stateDirectory, { recursive: true, mode: 0o700 });
  return withPrivateOptions(context, formatGalleryDlConfig(context), async (configFile) =>
    use(await buildArguments(context, request, directory, configFile)),
  );
}

interface Collector {
  readonly files: readonly GalleryDlFile[];
  items(): number;
  take(line: GalleryDlLine): void;
}

function createCollector(context: ToolContext, run: RunHandle<Metadata>): Collector {
  const meter = createGalleryDlMeter();
  const files: GalleryDlFile[] = [];
  let items = 0;
  let present: Metadata = {};
  const onItem = (metadata: Metadata): void => {
    items += 1;
    present = metadata;
    meter.item(metadata);
    run.tell(metadata);
  };
  return {
    files,
    items: () => items,
    take(line) {
      if (line.kind === 'item') onItem(line.metadata);
      if (line.kind === 'file') {
        files.push({ path: line.path, metadata: present });
        context.onProgress(meter.file(line.path));
      }
      if (line.kind === 'progress') {
        if (line.progress.downloadedBytes > context.maxFileBytes) run.stop('too-large');
        context.onProgress(meter.progress(line.progress));
      }
      // It would sleep here and knock again; the queue waits better.
      if (line.kind === 'refused') run.stop('rate-limited');
    },
  };
}

async function buildArguments(
  context: ToolContext,
  request: GalleryDlRequest,
  directory: string,
  configFile: string | undefined,
): Promise<string[]> {
  const { paths, cookiesFile, maxFileBytes, slow } = context;
  const { ownCa } = await context.trust();
  return buildGalleryDlArguments({
    url: request.url,
    directory,
    cacheFile: await findCacheFile(context),
    maxFileBytes,
    slow,
    ownCa,
    ...(paths.ffmpeg !== undefined && { ffmpegPath: paths.ffmpeg }),
    ...(cookiesFile !== undefined && { cookiesFile }),
    ...(configFile !== undefined && { configFile }),
    ...(request.extra !== undefined && { extra: request.extra }),
  });
}
