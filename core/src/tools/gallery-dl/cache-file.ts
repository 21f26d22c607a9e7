import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ToolContext } from '../tool-context.ts';

type Owner = Pick<ToolContext, 'stateDirectory' | 'platform' | 'account' | 'cookiesFile'>;

/** gallery-dl's cache of one platform and account: what one session was told is not told by another. */
export async function findCacheFile(owner: Owner): Promise<string> {
  const platform = owner.platform.replace(/[^\w-]/g, '_');
  return join(owner.stateDirectory, `gallery-dl-${platform}-${await accountName(owner)}.sqlite3`);
}

async function accountName({ account, cookiesFile }: Owner): Promise<string> {
  if (account !== undefined) return digest(account);
  return cookiesFile === undefined ? 'anonymous' : digest(await readFile(cookiesFile));
}

function digest(value: string | Buffer): string {
  return createHash('sha256').update(value).digest('hex').slice(0, 16);
}
