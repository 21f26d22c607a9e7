import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

interface Entry {
  readonly mtimeMs: number;
  readonly size: number;
  readonly version: string;
}

/** Identity of a program file. */
export interface ProgramFile {
  readonly path: string;
  readonly mtimeMs: number;
  readonly size: number;
}

/** Versions of programs that have been asked before; starting Python only to ask costs a quarter of a second each. */
export interface VersionCache {
  get(file: ProgramFile): string | undefined;
  set(file: ProgramFile, version: string): void;
  /** Writes it when something is new. */
  save(): Promise<void>;
}

/** Reads `versions.json` of the tools folder; a missing or broken one is an empty one. */
export async function openVersionCache(toolsDirectory: string): Promise<VersionCache> {
  const path = join(toolsDirectory, 'versions.json');
  const entries = parseEntries(await readText(path));
  let changed = false;
  return {
    get({ path: program, mtimeMs, size }) {
      const entry = entries.get(program);
      return entry?.mtimeMs === mtimeMs && entry.size === size ? entry.version : undefined;
    },
    set({ path: program, mtimeMs, size }, version) {
      entries.set(program, { mtimeMs, size, version });
      changed = true;
    },
    async save() {
      if (!changed) return;
      await mkdir(toolsDirectory, { recursive: true });
      const draft = `${path}.${process.pid}.tmp`;
      await writeFile(draft, JSON.stringify(Object.fromEntries(entries), null, 2));
      await rename(draft, path);
    },
  };
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    return ''; // The first start.
  }
}

function parseEntries(text: string): Map<string, Entry> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return new Map();
    return new Map(Object.entries(value).filter((pair): pair is [string, Entry] => isEntry(pair[1])));
  } catch {
    return new Map(); // Half written by a crash: it is only a cache.
  }
}

function isEntry(value: unknown): value is Entry {
  if (typeof value !== 'object' || value === null) return false;
  const { mtimeMs, size, version } = value as Partial<Record<keyof Entry, unknown>>;
  return typeof mtimeMs === 'number' && typeof size === 'number' && typeof version === 'string';
}
