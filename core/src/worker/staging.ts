import { constants } from 'node:fs';
import { access, mkdir, open, readFile, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { PluginError } from '@mediafetcher/sdk';
import { findGroupState, killGroup } from './process-group.ts';
import type { GroupRecord } from './process-group.ts';

/** Who works in a staging directory; in each of them. */
const GROUP_FILE = '.runner.json';
const SENTINEL = '.mediafetcher';

export interface JobRef {
  readonly jobId: string;
  readonly attempt: number;
}

/** `MEDIA_ROOT/tmp/<jobId>/<attempt>`: both parts have been checked by the channel's schema. */
export function stagingDirectoryOf(mediaRoot: string, { jobId, attempt }: JobRef): string {
  return join(mediaRoot, 'tmp', jobId, String(attempt));
}

/** Not a byte is written below a mount point whose mount is missing. @throws MF_ERR_MOUNT_MISSING */
export async function checkSentinel(mediaRoot: string): Promise<void> {
  await access(join(mediaRoot, SENTINEL), constants.R_OK).catch((cause: unknown) => {
    throw new PluginError('MF_ERR_MOUNT_MISSING', 'The media folder is not there: its mount is missing.', { cause });
  });
}

/** Makes an attempt's staging directory and moves into it what earlier attempts have left, once none of them lives. */
export async function prepareStaging(mediaRoot: string, job: JobRef, workerId: string, log: Logger): Promise<string> {
  const directory = stagingDirectoryOf(mediaRoot, job);
  await mkdir(directory, { recursive: true });
  const earlier = await listAttempts(join(mediaRoot, 'tmp', job.jobId), job.attempt);
  let taken = false;
  for (const attempt of earlier) {
    const old = stagingDirectoryOf(mediaRoot, { ...job, attempt });
    if (!(await makeSureItIsDead(old, workerId))) {
      log.warn({ attempt }, 'An earlier attempt may still run elsewhere; its partial files are left alone.');
      continue;
    }
    if (!taken) await moveFiles(old, directory);
    taken = true;
    await rm(old, { recursive: true, force: true });
  }
  return directory;
}

/** Throws an attempt's files away, and the job's folder when it was the last. */
export async function removeStaging(mediaRoot: string, job: JobRef): Promise<void> {
  await rm(stagingDirectoryOf(mediaRoot, job), { recursive: true, force: true, maxRetries: 3 });
  await removeIfEmpty(join(mediaRoot, 'tmp', job.jobId));
}

/** Records who works in a staging directory, through to the disk. */
export async function writeGroupRecord(directory: string, record: GroupRecord): Promise<void> {
  await writeDurably(join(directory, GROUP_FILE), JSON.stringify(record));
}

/** Nobody works there any more, although the process that did may live on. */
export async function removeGroupRecord(directory: string): Promise<void> {
  await rm(join(directory, GROUP_FILE), { force: true });
}

/** Who worked, or works, in a staging directory. */
export async function readGroupRecord(directory: string): Promise<GroupRecord | 'missing' | 'unreadable'> {
  const text = await readFile(join(directory, GROUP_FILE), 'utf8').catch(() => undefined);
  if (text === undefined) return 'missing';
  try {
    const record: unknown = JSON.parse(text);
    const whole = typeof record === 'object' && record !== null && 'pid' in record && Number.isInteger(record.pid);
    // Written by this file.
    return whole && Number(record.pid) > 1 ? (record as GroupRecord) : 'unreadable';
  } catch {
    return 'unreadable';
  }
}

/** Writes a small file so that it is whole or not there at all. */
export async function writeDurably(path: string, text: string): Promise<void> {
  const file = await open(`${path}.new`, 'w', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${path}.new`, path);
}

/** No record: nothing was ever started there, as the record is written before a runner gets its job. */
async function makeSureItIsDead(directory: string, workerId: string): Promise<boolean> {
  const record = await readGroupRecord(directory);
  if (record === 'missing') return true;
  if (record === 'unreadable') return false;
  const state = await findGroupState(record, workerId);
  return state === 'alive' ? killGroup(record.pid) : state === 'dead';
}

/** Earlier attempts, the latest first. */
async function listAttempts(jobDirectory: string, before: number): Promise<number[]> {
  const names = await readdir(jobDirectory);
  const attempts = names.filter((name) => /^[1-9]\d{0,6}$/.test(name)).map(Number);
  return attempts.filter((attempt) => attempt < before).sort((a, b) => b - a);
}

/** Names with a dot in front are ours, not a tool's. */
async function moveFiles(from: string, to: string): Promise<void> {
  for (const name of await readdir(from)) {
    if (!name.startsWith('.')) await rename(join(from, name), join(to, name));
  }
}

async function removeIfEmpty(directory: string): Promise<void> {
  const names = await readdir(directory).catch(() => ['?']);
  // Emptied by somebody else meanwhile, or filled again: either is fine.
  if (names.length === 0) await rm(directory, { recursive: true, force: true }).catch(() => undefined);
}
