import { hkdfSync, randomBytes, randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Config } from '../../config.ts';

/** What a derived key is for; each purpose has a key of its own. */
export type KeyPurpose = 'access-token' | 'vault' | 'worker-token';

const SHORTEST_KEY = 16;

/** Keys derived from a master key. */
interface DerivedKeys {
  keyFor(purpose: KeyPurpose): Buffer;
}

/** A master key that is on the disk, and not yet in use. */
export interface NextSecrets extends DerivedKeys {
  /** Makes it the one that the next start takes, in one step. */
  commit(): Promise<void>;
}

/** Keys derived from the master key. */
export interface Secrets extends DerivedKeys {
  /** Makes a new master key; missing where the owner has given one. What this process derives stays until its next start. */
  readonly prepareNext?: () => Promise<NextSecrets>;
}

/** Takes the master key from the settings, or from a 0600 file that the first start makes. */
export async function loadSecrets(config: Config): Promise<Secrets> {
  if (config.secretKey !== undefined) return derive(config.secretKey);
  const file = config.secretKeyFile ?? join(config.dataDir, 'secrets', 'secret-key');
  const keys = derive(await readOrMake(file));
  return config.secretKeyFile === undefined ? { ...keys, prepareNext: async () => prepareNext(file) } : keys;
}

function derive(master: string): DerivedKeys {
  return { keyFor: (purpose) => Buffer.from(hkdfSync('sha256', master, 'mediafetcher', purpose, 32)) };
}

async function prepareNext(file: string): Promise<NextSecrets> {
  const key = randomBytes(32).toString('base64url');
  const beside = `${file}.next`;
  // What a run before left there was never in use.
  await rm(beside, { force: true });
  await writeFile(beside, `${key}\n`, { mode: 0o600, flag: 'wx', flush: true });
  return { ...derive(key), commit: async () => rename(beside, file) };
}

async function readOrMake(file: string): Promise<string> {
  try {
    return await readKey(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const key = randomBytes(32).toString('base64url');
  // Two containers on one folder have the same process id.
  const beside = `${file}.${randomUUID()}`;
  await writeFile(beside, `${key}\n`, { mode: 0o600, flush: true });
  // A link is all or nothing: of two servers that start at once one's key stays, and a crash leaves no half key.
  try {
    await link(beside, file);
    return key;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return await readKey(file);
  } finally {
    await rm(beside, { force: true });
  }
}

async function readKey(file: string): Promise<string> {
  const key = (await readFile(file, 'utf8')).trim();
  if (key.length < SHORTEST_KEY) throw new Error(`${file} holds no key: it has fewer than ${SHORTEST_KEY} characters.`);
  return key;
}
