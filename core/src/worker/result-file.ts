import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { PluginError } from '@mediafetcher/sdk';
import { Staged } from '../channel/messages.ts';
import type { Rendition } from '../channel/messages.ts';
import { formatMessage, lazily, parseWorkerMessage } from '../channel/codec.ts';
import { readGroupRecord, writeDurably } from './staging.ts';

/** The result of an attempt, until the server has taken it over. */
const RESULT_FILE = '.staged.json';
const parseStaged = lazily(Staged);

/** Reads a result as the server will: one that it refuses would be sent for ever. @throws MF_ERR_PLUGIN */
export function validateResult(message: Staged | Rendition): void {
  const parsed = parseFormatted(message);
  if ('message' in parsed) return;
  throw new PluginError('MF_ERR_PLUGIN', `The plugin's result is refused (${parsed.problem.slice(0, 500)}).`);
}

/** Writes a result through to the disk, beside the files it speaks of. */
export async function writeResult(stagingDirectory: string, message: Staged): Promise<void> {
  await writeDurably(join(stagingDirectory, RESULT_FILE), JSON.stringify(message));
}

/** What this worker had finished, but perhaps not delivered, when it ended. */
export async function findUndelivered(mediaRoot: string, workerId: string): Promise<Staged[]> {
  const root = join(mediaRoot, 'tmp');
  const found: Staged[] = [];
  for (const directory of await listAttemptDirectories(root)) {
    const text = await readFile(join(directory, RESULT_FILE), 'utf8').catch(() => undefined);
    if (text === undefined) continue;
    const record = await readGroupRecord(directory);
    const message = parseResult(text);
    const here = message !== undefined && directory === join(root, message.jobId, String(message.attempt));
    if (here && typeof record === 'object' && record.workerId === workerId) found.push(message);
  }
  return found;
}

/** Every `tmp/<jobId>/<attempt>`. */
export async function listAttemptDirectories(root: string): Promise<string[]> {
  const jobs = await listNames(root, /^[0-9a-f]{24}$/);
  const lists = await Promise.all(
    jobs.map(async (job) =>
      (await listNames(join(root, job), /^[1-9]\d{0,6}$/)).map((attempt) => join(root, job, attempt)),
    ),
  );
  return lists.flat();
}

async function listNames(directory: string, pattern: RegExp): Promise<string[]> {
  const names = await readdir(directory).catch(() => []);
  return names.filter((name) => pattern.test(name));
}

function parseFormatted(message: Staged | Rendition): ReturnType<typeof parseWorkerMessage> {
  try {
    return parseWorkerMessage(formatMessage(message));
  } catch {
    // Plugin code can hand over what JSON cannot hold.
    return { problem: 'it cannot be written as JSON' };
  }
}

function parseResult(text: string): Staged | undefined {
  try {
    const parsed = parseStaged(JSON.parse(text));
    return 'message' in parsed ? parsed.message : undefined;
  } catch {
    // Not written by us, or damaged: the server starts another attempt.
    return undefined;
  }
}
