import type { VaultService } from '../vault/index.ts';
import type { RequestHeaders } from './headers.rules.ts';
import type { DownloadDoc } from './model.ts';

/** A job's request headers as they are kept: they may be worth as much as cookies. */
export function sealHeaders(vault: VaultService, userId: string, headers: RequestHeaders): DownloadDoc['headers'] {
  const names = Object.keys(headers);
  if (names.length === 0) return undefined;
  return { names, sealed: vault.seal(JSON.stringify(headers), contextOf(userId)) };
}

export function openHeaders(vault: VaultService, userId: string, sealed: Buffer): RequestHeaders {
  // Sealed by the function above: only it knows the key.
  return JSON.parse(vault.open(sealed, contextOf(userId))) as RequestHeaders;
}

function contextOf(userId: string): string {
  return `headers:${userId}`;
}
