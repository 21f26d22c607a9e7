import { sealedField } from '../vault/index.ts';
import type { SealedValues, VaultService } from '../vault/index.ts';
import type { RequestHeaders } from './headers.rules.ts';
import type { DownloadDoc, DownloadModels } from './model.ts';

/** A job's request headers as they are kept: they may be worth as much as cookies. */
export async function sealHeaders(
  vault: VaultService,
  userId: string,
  headers: RequestHeaders,
): Promise<DownloadDoc['headers']> {
  const names = Object.keys(headers);
  if (names.length === 0) return undefined;
  return { names, sealed: await vault.seal(JSON.stringify(headers), contextOf(userId)) };
}

export async function openHeaders(vault: VaultService, userId: string, sealed: Buffer): Promise<RequestHeaders> {
  // Sealed by the function above: only it knows the key.
  return JSON.parse(await vault.open(sealed, contextOf(userId))) as RequestHeaders;
}

/** What `rotate-secrets` has to seal anew. */
export function sealedHeaders({ Download }: Pick<DownloadModels, 'Download'>): SealedValues {
  return sealedField(Download, {
    path: 'headers.sealed',
    read: ({ headers }) => headers?.sealed,
    contextOf: ({ user }) => contextOf(user.toString()),
  });
}

function contextOf(userId: string): string {
  return `headers:${userId}`;
}
