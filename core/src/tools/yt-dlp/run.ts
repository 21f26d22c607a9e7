import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { YtDlpFile, YtDlpRequest, YtDlpRun } from '@mediafetcher/sdk';
import { keepWholeFiles } from '../whole-files.ts';
import { withPrivateOptions } from '../private-options.ts';
import { startRun } from '../start-run.ts';
import { requireTool } from '../tool-context.ts';
import type { ToolContext } from '../tool-context.ts';
import { withCookieCopy } from '../cookie-copy.ts';
import { MAX_ENTRIES, buildYtDlpArguments, formatYtDlpConfig } from './build-arguments.ts';
import { parseYtDlpLine } from './parse-line.ts';
import type { YtDlpProgress } from './parse-line.ts';
import { createYtDlpMeter } from './progress-meter.ts';
import { slimInfo } from './slim-info.ts';

type Info = Readonly<Record<string, unknown>>;
type Finished = Awaited<YtDlpRun['finished']>;

/** Starts yt-dlp once for probe and fetch. */
export function runYtDlp(context: ToolContext, request: YtDlpRequest): YtDlpRun {
  return startRun<Info, Finished>(context, (run) =>
    withCookieCopy(context, async (cookiesFile) => {
      const directory = request.directory ?? context.stagingDirectory;
      await mkdir(directory, { recursive: true });
      const meter = createYtDlpMeter();
      const infos: Info[] = [];
      const finals: YtDlpFile[] = [];
      const onProgress = (progress: YtDlpProgress): void => {
        if (isTooLarge(progress, context.maxFileBytes)) run.stop('too-large');
        context.onProgress(meter.progress(progress));
      };
      const onStdout = ({ text }: { readonly text: string }): void => {
        const parsed = parseYtDlpLine(text);
        if (parsed.kind === 'progress') onProgress(parsed.progress);
        if (parsed.kind === 'final') {
          finals.push({ id: parsed.id, path: parsed.path });
          context.onProgress(meter.final());
        }
        if (parsed.kind !== 'info' || infos.length >= MAX_ENTRIES) return;
        const info = slimInfo(parsed.info);
        infos.push(info);
        meter.info(info);
        run.tell(info);
      };
      const outcome = await withPrivateOptions(context, formatYtDlpConfig(context), async (configFile) =>
        run.process({
          tool: 'yt-dlp',
          file: requireTool(context, 'yt-dlp'),
          arguments: await buildArguments(context, request, directory, { cookiesFile, configFile }),
          onStdout,
        }),
      );
      const files = await keepWholeFiles(finals);
      // A FINAL line without its file: the merge did not happen.
      const whole = files.length === finals.length ? files.length : 0;
      await run.judge({ outcome, tool: 'yt-dlp', files: whole, documents: infos.length });
      return { infos, files };
    }),
  );
}

async function buildArguments(
  context: ToolContext,
  request: YtDlpRequest,
  directory: string,
  { cookiesFile, configFile }: { readonly cookiesFile: string | undefined; readonly configFile: string | undefined },
): Promise<string[]> {
  const { paths, maxFileBytes, stateDirectory } = context;
  const { ownCa } = await context.trust();
  return buildYtDlpArguments({
    url: request.url,
    extractors: request.extractors,
    directory,
    cacheDirectory: join(stateDirectory, 'yt-dlp-cache'),
    maxFileBytes,
    ownCa,
    nodePath: process.execPath,
    ...(request.format !== undefined && { format: request.format }),
    ...(paths.ffmpeg !== undefined && { ffmpegPath: paths.ffmpeg }),
    ...(cookiesFile !== undefined && { cookiesFile }),
    ...(configFile !== undefined && { configFile }),
    ...(request.extra !== undefined && { extra: request.extra }),
  });
}

/** `--max-filesize` looks at a length that fragmented downloads do not tell. */
function isTooLarge(progress: YtDlpProgress, limit: number): boolean {
  return Math.max(progress.downloadedBytes ?? 0, progress.totalBytes ?? 0) > limit;
}
