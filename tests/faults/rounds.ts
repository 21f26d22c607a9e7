/** What `npm run faults` gives to a kind of trouble. */
export interface FaultOptions {
  /** No round is begun after this time. */
  readonly seconds: number;
  /** No more rounds than this, where a kind counts them. */
  readonly rounds: number;
  /** Repeats what was by chance; printed by every run. */
  readonly seed: number;
  /** Says for people what happens. */
  readonly log: (line: string) => void;
}

export interface FaultResult {
  /** False when a round lost something or left something behind. */
  readonly ok: boolean;
  readonly figures: Readonly<Record<string, number | string>>;
}

/** A file of this folder that is no test. */
export interface FaultRounds {
  readonly run: (options: FaultOptions) => Promise<FaultResult>;
  /** Seconds that it may take where nobody says. @default 120 */
  readonly defaultSeconds?: number;
}
