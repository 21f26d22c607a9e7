/** What one of the servers is told to do. */
export type Operation =
  | { readonly do: 'store'; readonly user: string; readonly key: string; readonly files: readonly number[] }
  | {
      readonly do: 'link' | 'file' | 'form' | 'cancel' | 'trash' | 'restore' | 'remove';
      readonly user: string;
      readonly key: string;
    }
  | { readonly do: 'empty'; readonly user: string }
  | { readonly do: 'reconcile' }
  | { readonly do: 'rest' };

export interface Order {
  readonly id: number;
  readonly operation: Operation;
}

/** Stop yourself at the next file that you take out of the store: after the plan was written down, before the file moves. */
export const HANG_IN_FILE_STEP = 'hang in the file step';
/** It is about to stop itself, and what it says once it goes on. */
export const HANGING = 'hanging';
export const GOING_ON = 'going on';

export interface Answer {
  readonly id: number;
  /** Of what was refused; a text without MF_ERR_ is a mistake. */
  readonly refused?: string;
}

export interface ServerSetup {
  readonly uri: string;
  readonly mediaRoot: string;
  readonly server: string;
  readonly leaseMs: number;
}
