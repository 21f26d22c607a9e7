import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import type { ProbedFile } from '@mediafetcher/sdk';
import { PluginError } from '@mediafetcher/sdk';
import { describeFailure } from '../failure/sentences.ts';
import { startRun } from '../start-run.ts';
import { requireTool } from '../tool-context.ts';
import type { ToolContext } from '../tool-context.ts';
import { buildFfprobeArguments } from './build-arguments.ts';
import { TAIL_BYTES, endsWhole } from './image-end.ts';
import { readMp4Layout } from './mp4-boxes.ts';
import type { Mp4Layout } from './mp4-boxes.ts';
import { readPlainMp4 } from './mp4-facts.ts';
import { parseProbe } from './parse-probe.ts';
import { probeImage } from './probe-image.ts';
import { SNIFF_BYTES, sniffFile } from './sniff-file.ts';
import type { FileFamily } from './sniff-file.ts';

const TIMEOUT_MS = 60_000;
const MAX_JSON = 1_000_000;

interface FileFacts {
  readonly size: number;
  readonly family: FileFamily;
  /** False when it stops before its own end. */
  readonly whole: boolean;
  readonly layout?: Mp4Layout;
  /** Known without ffprobe. */
  readonly plain?: ProbedFile;
}

/**
 * Tells what a file really is, whatever its name says.
 * @throws MF_ERR_CORRUPT when it is empty, cut off, or no media at all
 */
export async function probeFile(context: ToolContext, path: string): Promise<ProbedFile> {
  context.signal.throwIfAborted();
  const facts = await readFacts(context, path);
  if (facts.size === 0 || !facts.whole || facts.family === 'text') throw corrupt(context);
  if (facts.plain !== undefined) return facts.plain;
  const image = isStill(facts.family) ? await probeImage(path, facts.size) : undefined;
  return image ?? probeByFfprobe(context, path, facts);
}

function isStill(family: FileFamily): boolean {
  return family === 'jpeg' || family === 'png' || family === 'gif' || family === 'webp' || family === 'heif';
}

function corrupt(context: ToolContext, cause?: unknown): PluginError {
  const message = describeFailure('MF_ERR_CORRUPT', { tool: 'ffprobe', platform: context.platform });
  return new PluginError('MF_ERR_CORRUPT', message, cause === undefined ? {} : { cause });
}

async function readFacts(context: ToolContext, path: string): Promise<FileFacts> {
  let file: FileHandle | undefined;
  try {
    file = await open(path, 'r');
    return await readOpenFile(file);
  } catch (cause) {
    throw corrupt(context, cause);
  } finally {
    await file?.close();
  }
}

async function readOpenFile(file: FileHandle): Promise<FileFacts> {
  const { size } = await file.stat();
  const head = await readPart(file, 0, SNIFF_BYTES);
  const family = sniffFile(head);
  if (family === 'mp4') {
    const layout = await readMp4Layout(file, size);
    const plain = layout.whole ? await readPlainMp4(file, size, layout) : undefined;
    return { size, family, whole: layout.whole, layout, ...(plain && { plain }) };
  }
  const tail = await readPart(file, Math.max(0, size - TAIL_BYTES), TAIL_BYTES);
  return { size, family, whole: endsWhole(family, head, tail, size) };
}

async function readPart(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}

async function probeByFfprobe(context: ToolContext, path: string, facts: FileFacts): Promise<ProbedFile> {
  const file = requireTool(context, 'ffprobe');
  const { size, layout } = facts;
  const run = startRun<never, ProbedFile>(context, async (handle) => {
    let json = '';
    const outcome = await handle.process({
      tool: 'ffprobe',
      file,
      arguments: buildFfprobeArguments(path),
      killSignal: 'SIGKILL',
      timeoutMs: TIMEOUT_MS,
      onStdout({ text }) {
        if (json.length < MAX_JSON) json += `${text}\n`;
      },
    });
    const probed = parseProbe(json, { size, ...(layout !== undefined && { layout }) });
    await handle.judge({ outcome, tool: 'ffprobe', files: 1 });
    if (probed === undefined) throw corrupt(context);
    return probed;
  });
  return run.finished;
}
