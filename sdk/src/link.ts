import type { LinkKind } from './manifest.ts';

export interface LinkHints {
  /** The item of the post that the address names, counted from 1. */
  readonly item?: number;
}

/** What an address is, as far as it can be told without network. */
export interface LinkMatch {
  /** Connector's id. */
  readonly connector: string;
  readonly platform: string;
  readonly kind: LinkKind;
  /** Canonical key `platform:id`; missing where only a redirect can tell. */
  readonly key?: string;
  /** False where only the probe can tell whether the platform's rules allow it. */
  readonly certain: boolean;
  /** Canonical address: what tools are given. */
  readonly url: string;
  readonly hints?: LinkHints;
}
