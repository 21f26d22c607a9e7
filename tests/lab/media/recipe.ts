import type { SceneName } from './scenes.ts';
import type { Playable } from '../types.ts';

/** What is on the picture: a painted landscape or one of ffmpeg's own sources. */
export type Picture = { readonly scene: SceneName } | { readonly lavfi: string };

export interface Recipe {
  /** File name in the cache. */
  readonly name: string;
  readonly kind: 'video' | 'image' | 'audio';
  /** Content-Type. */
  readonly type: string;
  /** Pixels as coded; 0 for sound. */
  readonly width: number;
  readonly height: number;
  /** Seconds; absent for images. */
  readonly duration?: number;
  readonly playable: Playable;
  /** Degrees clockwise that a player turns it; the picture is painted so that it is upright then. */
  readonly rotation?: 90;
  readonly picture?: Picture;
  /** Sound under a video or alone: base frequency of its tune. */
  readonly tune?: number;
  /** ffmpeg's output options. */
  readonly encode: readonly string[];
  readonly finish?: (bytes: Buffer) => Buffer;
  /** Made when asked for, not with the others. */
  readonly onDemand?: boolean;
}
