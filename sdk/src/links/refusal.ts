import type { FailureCode } from '../failure-code.ts';

/** Why an address is not taken, before any network. */
export const LINK_REFUSAL_CODES = [
  'MF_ERR_URL_INVALID',
  'MF_ERR_URL_TOO_LONG',
  'MF_ERR_URL_PRIVATE_HOST',
  'MF_ERR_URL_UNSUPPORTED',
  'MF_ERR_URL_NOT_A_SHORT',
] as const;

/** One of {@link LINK_REFUSAL_CODES}, or the failure that a manifest's `refused` rule names. */
export type LinkRefusalCode = (typeof LINK_REFUSAL_CODES)[number] | FailureCode;

export interface LinkRefusal {
  readonly ok: false;
  readonly code: LinkRefusalCode;
  /** A sentence for people. */
  readonly message: string;
}

/** Builds a refusal. */
export function refuse(code: LinkRefusalCode, message: string): LinkRefusal {
  return { ok: false, code, message };
}
