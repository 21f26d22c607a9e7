import type { Types } from 'mongoose';
import type { PostRendition } from '../models.ts';
import { renditionView } from '../view.ts';
import type { RenditionView } from '../view.ts';
import type { HeldReason } from './failed-render.rules.ts';
import type { RenditionJobDoc } from './rendition-model.ts';

/** How it stands with making an item playable. */
export interface RenditionState {
  /** Id of the person's link. */
  readonly id: string;
  /** Of the item. */
  readonly index: number;
  readonly status: 'queued' | 'running' | 'failed' | 'ready' | 'cancelled';
  /** 0-100. */
  readonly progress: number;
  /** Jobs before it in the queue. */
  readonly ahead: number;
  /** Whether the person waits for it; others may as well. */
  readonly asked: boolean;
  /** What it waits for besides its turn. */
  readonly heldReason: HeldReason | null;
  readonly errorCode: string | null;
  readonly message: string | null;
  readonly rendition: RenditionView | null;
}

type Which = Pick<RenditionState, 'id' | 'index'>;

/** It ended between the asking and the looking: the next look shows how. */
export function underWay(which: Which): RenditionState {
  const nothing = { heldReason: null, errorCode: null, message: null, rendition: null };
  return { ...which, status: 'running', progress: 0, ahead: 0, asked: false, ...nothing };
}

export function readyState(which: Which, rendition: PostRendition): RenditionState {
  return { ...underWay(which), status: 'ready', progress: 100, rendition: renditionView(rendition) };
}

/** Nobody wants it any more. */
export function cancelledState(which: Which): RenditionState {
  return { ...underWay(which), status: 'cancelled' };
}

/** How a job stands for a person. */
export function jobState(
  which: Which,
  job: RenditionJobDoc,
  { user, ahead = 0, heldReason = null }: { user: Types.ObjectId; ahead?: number; heldReason?: HeldReason | null },
): RenditionState {
  const { status, progress, askers = [], errorCode = null, message = null } = job;
  const asked = askers.some((each) => each.equals(user));
  return { ...underWay(which), status, progress, ahead, asked, heldReason, errorCode, message };
}
