import { randomUUID } from 'node:crypto';
import { mkdir, readFile, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Connection } from 'mongoose';
import { CodedError } from '../../errors.ts';
import { settingModel } from './settings.ts';

const SENTINEL = '.mediafetcher';

/** The folder of all media, with a sentinel file whose id the database knows. */
export interface MediaRoot {
  readonly path: string;
  readonly staging: string;
  readonly final: string;
  readonly thumbs: string;
  /** Files between `final/` and their deletion. */
  readonly removing: string;
  /** Whether the share is there and is ours. Nothing may be written while it is not. */
  mounted(): Promise<boolean>;
  /** Makes the folders once that the share should have. @throws MF_ERR_MOUNT_MISSING when it is not there */
  makeFolders(): Promise<void>;
  /** Bytes. `free`: what a post finds, where it is fetched and where it is kept. */
  space(): Promise<{ free: number; total: number }>;
}

/** Opens the media folder. Only the first start of a database makes the sentinel: a missing one means that the share is not mounted. */
export async function openMediaRoot(path: string, connection: Connection): Promise<MediaRoot> {
  const settings = settingModel(connection);
  const known = await settings.findById('media-root-id').lean();
  const id = known?.value ?? (await prepare(path));
  if (known === null) await settings.create({ _id: 'media-root-id', value: id });
  let made: Promise<void> | undefined;
  const root: MediaRoot = {
    path,
    staging: join(path, 'tmp'),
    final: join(path, 'final'),
    thumbs: join(path, 'thumbs'),
    removing: join(path, 'removing'),
    mounted: async () => (await readSentinel(path)) === id,
    makeFolders: async () => {
      made ??= makeFolders(root).catch((error: unknown) => {
        made = undefined;
        throw error;
      });
      return made;
    },
    space: async () => {
      const { bavail, blocks, bsize } = await statfs(path);
      // Mostly the same disk; somebody may have mounted another one there.
      const staging = await statfs(root.staging).catch(() => undefined);
      const free = Math.min(bavail * bsize, staging === undefined ? Infinity : staging.bavail * staging.bsize);
      return { free, total: blocks * bsize };
    },
  };
  if (await root.mounted()) await root.makeFolders();
  return root;
}

async function makeFolders(root: MediaRoot): Promise<void> {
  if (!(await root.mounted())) throw new CodedError('MF_ERR_MOUNT_MISSING', 'The media folder is not mounted.');
  for (const folder of [root.staging, root.final, root.thumbs, root.removing]) await mkdir(folder, { recursive: true });
}

/** The id in the folder; a folder from before a lost database keeps its own. */
async function prepare(path: string): Promise<string> {
  await mkdir(path, { recursive: true });
  const present = await readSentinel(path);
  if (present !== undefined) return present;
  const id = randomUUID();
  await writeFile(join(path, SENTINEL), `${id}\n`, { flag: 'wx' });
  return id;
}

async function readSentinel(path: string): Promise<string | undefined> {
  try {
    return (await readFile(join(path, SENTINEL), 'utf8')).trim();
  } catch {
    // Whatever the reason is (not mounted, stale handle, no rights): the folder cannot be trusted now.
    return undefined;
  }
}
