import type { IncomingHttpHeaders } from 'node:http';
import type { FailureCode } from '@mediafetcher/sdk';
import type { Fault, FaultOptions } from './faults.ts';

export type Platform = 'instagram' | 'tiktok' | 'reddit' | 'x' | 'youtube';

export type PostKind = 'video' | 'image' | 'carousel' | 'slideshow' | 'gallery' | 'audio' | 'text';

/**
 * What has to be done to a source until every browser plays it: nothing (`as-is`), moving the index to the front
 * (`faststart`), another container (`remux`), another codec (`transcode`).
 */
export type Playable = 'as-is' | 'faststart' | 'remux' | 'transcode';

/** One medium of a post, as the platform serves it. */
export interface LabItem {
  readonly kind: 'video' | 'image' | 'audio';
  /** SHA-256 (hex) of the bytes that the platform serves. */
  readonly sourceSha256: string;
  /** Bytes. */
  readonly size: number;
  /** Absolute path of the source; an endless post's source has a box more than this file. */
  readonly file: string;
  readonly playable: Playable;
  /** Pixels as shown, rotation applied; 0 for sound. */
  readonly width: number;
  readonly height: number;
  /** Clockwise degrees in the container's display matrix or the EXIF block. */
  readonly rotation?: number;
  /** Seconds. */
  readonly duration?: number;
  /** Picture and sound come as two files that a tool merges: `sourceSha256` is the picture's and never the result's. */
  readonly separateSound?: { readonly sha256: string; readonly size: number };
}

/** One post of the stand-in and what must become of it. */
export interface LabPost {
  /** Short name for tests, e.g. `tiktok-video`. */
  readonly name: string;
  /** Canonical key `platform:id`. */
  readonly key: string;
  readonly platform: Platform;
  /** What a person would paste. */
  readonly url: string;
  /** Other addresses of the same post; those in `shareLinks` need a redirect. */
  readonly spellings: readonly string[];
  readonly shareLinks: readonly string[];
  readonly title: string;
  readonly author: string;
  readonly kind: PostKind;
  readonly needsCookies: boolean;
  readonly items: readonly LabItem[];
  readonly outcome: 'completed' | FailureCode;
  /** All codes that describe this failure; `outcome` is the best of them. Empty for a post that must complete. */
  readonly accepted: readonly FailureCode[];
  /** What is special about it, for people. */
  readonly about: string;
}

export interface LabRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  /** 0 until the answer begins. */
  readonly status: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** The post that it was about, page or media; undefined for a cover, a guest's token and the like. */
  readonly key?: string;
}

export interface EndlessOptions {
  /** Throttles only these posts' media. */
  readonly bytesPerSecond?: number;
}

/** How a profile is to look. */
export interface ProfileOptions {
  /** Places of posts that were made by others. */
  readonly reposts?: readonly number[];
  /** What it is called. @default a name of its own */
  readonly handle?: string;
  /** A page that begins at this place, or at a later one, is never answered to its end. @default all are answered */
  readonly endlessFrom?: number;
}

/** A creator of the stand-in. */
export interface LabProfile {
  /** What a person would paste. */
  readonly url: string;
  readonly handle: string;
  /** The platform's own number of it. */
  readonly id: string;
  /** Name for `lab.set`. */
  readonly name: string;
  /** Keys of its posts, newest first. */
  readonly keys: readonly string[];
}

/** A running stand-in of the five platforms. */
export interface Lab {
  readonly proxyUrl: string;
  /** PEM of the proxy's own certificate authority. */
  readonly caFile: string;
  readonly posts: readonly LabPost[];
  /** Two posts whose media have the same bytes. */
  readonly twins: readonly [LabPost, LabPost];
  /** By name or key. @throws RangeError for one that is not in the catalogue. */
  post(name: string): LabPost;
  requests(): readonly LabRequest[];
  /** Requests that no platform knows; a test that leaves any has found a gap in the lab or a leak in the product. */
  unmatched(): readonly LabRequest[];
  /** Forgets the log, the faults that were set, and the throttles. */
  reset(): void;
  /** Makes a post fail from now on, or takes its fault away (`undefined`). By name or key. */
  set(name: string, fault: Fault | undefined, options?: FaultOptions): void;
  /** Limits every media answer. @default undefined, as fast as it goes */
  throttle(bytesPerSecond: number | undefined): void;
  /** `count` new posts that no earlier call gave, each with bytes of its own. */
  endless(platform: Platform, count: number, options?: EndlessOptions): readonly LabPost[];
  /** A new creator with these posts, newest first, or with so many that no earlier call gave. */
  profile(platform: Platform, posts: readonly LabPost[] | number, options?: ProfileOptions): LabProfile;
  /** A new post with a 50 MB video that needs no work; the first call ever makes the file (some seconds). */
  bigVideo(platform?: Platform, options?: EndlessOptions): Promise<LabPost>;
  /** Cookies in Netscape format that the platform takes for a signed-in person, or for one whose session has ended. */
  cookies(platform: Platform, state?: 'valid' | 'stale'): string;
  close(): Promise<void>;
}
