import type { Secrets } from '../system/index.ts';
import type { KeyRing } from './key-ring.ts';
import type { Resealed } from './sealed-values.ts';
import type { VaultService } from './vault-service.ts';

export interface RotationReport extends Resealed {
  /** Number of the new key of the vault. */
  readonly key: number;
  /** False where the master key is the owner's own: SECRET_KEY or SECRET_KEY_FILE. */
  readonly newMasterKey: boolean;
}

/**
 * Gives the vault a new key, seals everything with it, and makes a new master key where it is ours. It can break off anywhere: old
 * and new keys open what they have sealed until the last step, and the next run does what is left.
 * @throws MF_ERR_STATE when another server is at it
 */
export async function rotateSecrets(vault: VaultService, ring: KeyRing, secrets: Secrets): Promise<RotationReport> {
  const next = await secrets.prepareNext?.();
  const number = await ring.renew(next?.keyFor('vault'));
  let renewed = 0;
  let unreadable = 0;
  for (const values of vault.sealedValues) {
    const done = await values.renew(number, vault.reseal);
    renewed += done.renewed;
    unreadable += done.unreadable;
  }
  if (next !== undefined) {
    await next.commit();
    await ring.settle(next.keyFor('vault'));
  }
  // A value that no key opened must not lose the last chance.
  if (unreadable === 0) await ring.forgetBefore(number);
  return { key: number, newMasterKey: next !== undefined, renewed, unreadable };
}
