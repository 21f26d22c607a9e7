import type { FastifyInstance } from 'fastify';
import { accountKey } from '../platforms/index.ts';
import type { AccountRef, VaultService } from './vault-service.ts';

/** Forgets one account's cookies, or those of every account of a platform; what waited for fresh ones waits no more. */
export async function forgetCookies(
  { platforms }: Pick<FastifyInstance, 'platforms'>,
  vault: VaultService,
  ref: AccountRef,
): Promise<void> {
  const { userId, platform } = ref;
  for (const account of await vault.remove(ref)) await platforms.renewCookies(platform, accountKey(userId, account));
}
