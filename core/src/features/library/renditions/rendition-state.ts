import type { PostRendition } from '../models.ts';
import { renditionView } from '../view.ts';
import type { RenditionView } from '../view.ts';
import type { RenditionJobDoc } from './rendition-model.ts';

/** How it stands with making an item playable. */
export interface RenditionState {
  /** Id of the person's link. */
  readonly id: string;
  /** Of the item. */
  readonly index: number;
  readonly status: 'queued' | 'running' | 'failed' | 'ready';
  /** 0-100. */
  readonly progress: number;
  /** Jobs before it in the queue. */
  readonly ahead: number;
  readonly errorCode: string | null;
  readonly message: string | null;
  readonly rendition: RenditionView | null;
}

type Which = Pick<RenditionState, 'id' | 'index'>;

/** It ended between the asking and the looking: the next look shows how. */
export function underWay(which: Which): RenditionState {
  return { ...which, status: 'running', progress: 0, ahead: 0, errorCode: null, message: null, rendition: null };
}

export function readyState(which: Which, rendition: PostRendition): RenditionState {
  return { ...underWay(which), status: 'ready', progress: 100, rendition: renditionView(rendition) };
}

export function jobState(which: Which, job: RenditionJobDoc, ahead: number): RenditionState {
  const { status, progress, errorCode = null, message = null } = job;
  return { ...which, status, progress, ahead, errorCode, message, rendition: null };
}
