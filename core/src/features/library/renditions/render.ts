import type { MediaDoc } from '../../media/index.ts';

/** What was made of a stored file, in a folder of staging that goes with it. */
export interface Rendered extends AsyncDisposable {
  /** Absolute. */
  readonly directory: string;
  readonly file: {
    /** Relative to the folder. */
    readonly path: string;
    readonly sha256: string;
    /** Bytes. */
    readonly size: number;
    readonly width?: number;
    readonly height?: number;
    /** Seconds. */
    readonly duration?: number;
  };
}

export interface RenderOrder {
  readonly jobId: string;
  readonly attempt: number;
  readonly media: Pick<MediaDoc, 'sha256' | 'ext' | 'kind'>;
  readonly signal: AbortSignal;
  /** 0-100. */
  readonly onProgress: (progress: number) => void;
}

/**
 * Makes a file playable elsewhere: no plugin runs in the server's own process.
 * @throws MF_ERR_UNAVAILABLE when nobody can now, {@link Untried} when nobody was even asked · a failure's code
 */
export type Render = (order: RenderOrder) => Promise<Rendered>;
