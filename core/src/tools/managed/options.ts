import type { Log } from '@mediafetcher/sdk';

export type InstallStep = 'venv' | 'packages' | 'check' | 'switch';

export interface EnsureManagedToolsOptions {
  readonly dataDir: string;
  readonly log: Log;
  readonly onStep?: (step: InstallStep) => void;
  readonly signal?: AbortSignal;
  readonly proxy?: string;
  readonly extraCaFile?: string;
  /** Requirements with hashes. @default the one that came with this version */
  readonly lockFile?: string;
  /** @default python3 on PATH */
  readonly python?: string;
}
