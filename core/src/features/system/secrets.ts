import { hkdfSync, randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Config } from '../../config.ts';

/** What a derived key is for; each purpose has a key of its own. */
export type KeyPurpose = 'access-token' | 'vault' | 'worker-token';

/** Keys derived from the master key. */
export interface Secrets {
  keyFor(purpose: KeyPurpose): Buffer;
}

/** Takes the master key from the settings, or from a 0600 file that the first start makes. */
export async function loadSecrets(config: Config): Promise<Secrets> {
  const file = config.secretKeyFile ?? join(config.dataDir, 'secrets', 'secret-key');
  const master = config.secretKey ?? (await readOrMake(file));
  return {
    keyFor: (purpose) => Buffer.from(hkdfSync('sha256', master, 'mediafetcher', purpose, 32)),
  };
}

async function readOrMake(file: string): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const key = randomBytes(32).toString('base64url');
  // 'wx': of two servers that start at once on one folder, one makes the key and the other reads it.
  try {
    await writeFile(file, `${key}\n`, { mode: 0o600, flag: 'wx' });
    return key;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return (await readFile(file, 'utf8')).trim();
  }
}
