import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT } from '../steps.ts';

/** Something that is built, and what it is built from. */
export interface Target {
  /** Folder of the result, relative to the project. */
  readonly dist: string;
  /** Globs of all that decides what comes out, relative to the project. */
  readonly sources: readonly string[];
}

/** True when the result was built from the sources as they are now. */
export function isBuilt(target: Target): boolean {
  const stamp = stampOf(target);
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === hashOf(target);
}

/** Builds when a source has changed since the last build; `undefined` when nothing had to be done. */
export async function buildWhenChanged(target: Target, build: () => Promise<void>): Promise<true | undefined> {
  const stamp = stampOf(target);
  const hash = hashOf(target);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return undefined;
  rmSync(stamp, { force: true });
  await build();
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, hash);
  return true;
}

function stampOf({ dist }: Target): string {
  return join(ROOT, dist, '.sources');
}

function hashOf({ sources }: Target): string {
  const hash = createHash('sha256').update(process.versions.node);
  for (const file of globSync([...sources], { cwd: ROOT }).sort()) {
    try {
      const content = readFileSync(join(ROOT, file));
      hash.update(file).update('\0').update(content);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EISDIR') throw error;
    }
  }
  return hash.digest('hex');
}
