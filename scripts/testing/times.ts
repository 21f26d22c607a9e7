import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT } from '../steps.ts';

const FILE = join(ROOT, '.cache/test-times.json');

/** Seconds that each work took the last time, by its name; none in a fresh clone. */
export function readTimes(): ReadonlyMap<string, number> {
  try {
    const value: unknown = JSON.parse(readFileSync(FILE, 'utf8'));
    const pairs = typeof value === 'object' && value !== null ? Object.entries(value) : [];
    return new Map(pairs.filter((pair): pair is [string, number] => typeof pair[1] === 'number'));
  } catch {
    return new Map(); // Only a hint.
  }
}

/** Remembers what is new; the rest stays. */
export function writeTimes(times: ReadonlyMap<string, number>): void {
  mkdirSync(dirname(FILE), { recursive: true });
  writeFileSync(FILE, JSON.stringify(Object.fromEntries([...readTimes(), ...times])));
}
