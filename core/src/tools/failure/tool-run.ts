import type { FailureCode } from '@mediafetcher/sdk';

export type ToolId = 'yt-dlp' | 'gallery-dl' | 'twmd' | 'ffmpeg' | 'ffprobe';

/** Why we end a run before it ends by itself. */
export type StopReason = 'too-large' | 'rate-limited' | 'cookies-refused';

/** Everything that is known once a tool has gone. */
export interface ToolRun {
  readonly tool: ToolId;
  readonly exitCode?: number;
  /** Name of the signal that ended it, e.g. `SIGTERM`. */
  readonly signal?: string;
  readonly stdout: string;
  readonly stderr: string;
  /** Whole, non-empty files that it brought. */
  readonly files: number;
  /** A listing (`-j`, `-J`) is wanted on stdout instead of files. @default 'files' */
  readonly wants?: 'files' | 'listing';
  /** Info documents seen, where they are counted. */
  readonly documents?: number;
  /** Why we ended it ourselves. */
  readonly stopped?: 'aborted' | 'timed-out' | StopReason;
  /** The program could not be started. */
  readonly missing?: boolean;
  /** An ffmpeg that works was named to the tool. */
  readonly hasFfmpeg?: boolean;
  /** Free bytes of the staging file system after a failure. */
  readonly freeBytes?: number;
  /** `instagram`, `tiktok`, … */
  readonly platform?: string;
  /** The run had the person's cookies. */
  readonly withCookies?: boolean;
}

export interface Failure {
  readonly code: FailureCode;
  /** A sentence for people. */
  readonly message: string;
}

export type Verdict =
  { readonly kind: 'ok' } | { readonly kind: 'cancelled' } | { readonly kind: 'failed'; readonly failure: Failure };
