import { readFile } from 'node:fs/promises';
import { isFields } from '../links/problems.ts';

/** Reads a recorded JSON document of a tool. @throws Error when it is no object */
export async function readFixture(file: URL): Promise<Readonly<Record<string, unknown>>> {
  const value: unknown = JSON.parse(await readFile(file, 'utf8'));
  if (!isFields(value)) throw new Error(`${file.pathname} holds no object`);
  return value;
}
