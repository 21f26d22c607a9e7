import type { DownloadStatus } from '../api/types.ts';

/** What a swipe of a row asks for. Each has a button or a menu item as well. */
export type SwipeWish = 'pause' | 'resume' | 'cancel';

/** CSS pixels, and share of the row, after which letting go does it. */
const FAR = 112;
const SHARE = 0.35;
/** CSS pixels at the screen's edges: there a swipe leads through the browser's history. */
const EDGE = 24;

/** Along the line pauses or goes on, against it cancels. @param along - CSS pixels, as text runs */
export function swipeWish(status: DownloadStatus, along: number): SwipeWish | undefined {
  if (!canSwipe(status) || along === 0) return undefined;
  if (along < 0) return 'cancel';
  return status === 'paused' ? 'resume' : 'pause';
}

export const canSwipe = (status: DownloadStatus): boolean =>
  status === 'running' || status === 'queued' || status === 'paused';

/** Whether letting go after so many CSS pixels does anything. */
export const isFar = (along: number, width: number): boolean => Math.abs(along) >= Math.min(FAR, width * SHARE);

export const isAtEdge = (x: number, screen: number): boolean => x < EDGE || x > screen - EDGE;
