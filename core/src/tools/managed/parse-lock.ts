import { createHash } from 'node:crypto';

/** What a lock file promises. */
export interface ToolsLock {
  /** Names the folder: another lock is another folder. */
  readonly hash: string;
  /** Package → version. */
  readonly pins: ReadonlyMap<string, string>;
}

/** Reads a requirements file with pins and hashes. */
export function parseToolsLock(text: string): ToolsLock {
  const pins = [...text.matchAll(/^([a-z][\w.-]*)==([\w.+-]+)/gim)].map(
    ([, name = '', version = '']) => [name.toLowerCase(), version] as const,
  );
  return { hash: createHash('sha256').update(text).digest('hex').slice(0, 16), pins: new Map(pins) };
}
