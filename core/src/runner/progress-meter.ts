import type { ProgressUpdate } from '@mediafetcher/sdk';
import type { RunnerProgress } from '../channel/runner-messages.ts';
import type { StageName } from '../channel/messages.ts';

type Span = readonly [start: number, end: number];

/** Where each stage begins and ends, in percent of the whole job. */
const WITH_PROCESSORS: Readonly<Record<StageName, Span>> = {
  // Of a profile or a list: the rest is what its posts take.
  list: [0, 5],
  probe: [0, 5],
  fetch: [5, 75],
  verify: [75, 78],
  process: [78, 95],
  store: [95, 100],
};
/** Nothing will be processed: the fetch is nearly all there is to wait for, thumbnails take the rest. */
const WITHOUT_PROCESSORS: Readonly<Record<StageName, Span>> = {
  list: [0, 5],
  probe: [0, 5],
  fetch: [5, 90],
  verify: [90, 92],
  process: [92, 95],
  store: [95, 100],
};

/** Tools know the name of the file besides. */
export type MeterUpdate = ProgressUpdate & { readonly filename?: string };

/** One of several things that a stage does side by side, such as the download of one item. */
export interface ProgressSource {
  update(update: MeterUpdate): void;
}

export interface ProgressMeter {
  readonly stage: StageName;
  enter(stage: StageName): void;
  /** How many sources the present stage will have; more may still come. */
  expect(sources: number): void;
  /** A part of the present stage; its share counts as one of those expected. */
  source(): ProgressSource;
  /** The share of the whole present stage. */
  update(update: MeterUpdate): void;
}

/** Turns the stages' shares into one number that never goes back. */
export function createProgressMeter(
  options: { readonly processors: boolean },
  emit: (message: RunnerProgress, stageChanged: boolean) => void,
): ProgressMeter {
  const spans = options.processors ? WITH_PROCESSORS : WITHOUT_PROCESSORS;
  let stage: StageName = 'probe';
  let reached = 0;
  let expected = 1;
  let shares: number[] = [];

  const report = (update: MeterUpdate, share: number | undefined, stageChanged: boolean): void => {
    const [start, end] = spans[stage];
    reached = Math.max(reached, share === undefined ? start : start + (end - start) * share);
    emit({ type: 'progress', stage, progress: reached, ...cleanFigures(update, share) }, stageChanged);
  };
  return {
    get stage() {
      return stage;
    },
    enter(next) {
      stage = next;
      shares = [];
      expected = 1;
      report({ share: 0 }, 0, true);
    },
    expect(sources) {
      expected = Math.max(1, sources);
    },
    source() {
      const place = shares.push(0) - 1;
      const own = stage;
      return {
        update(update) {
          if (own !== stage) return;
          const share = cleanShare(update.share);
          if (share !== undefined) shares[place] = share;
          const sum = shares.reduce((total, each) => total + each, 0);
          report(update, share === undefined ? undefined : sum / Math.max(expected, shares.length), false);
        },
      };
    },
    update(update) {
      report(update, cleanShare(update.share), false);
    },
  };
}

function cleanShare(share: number | undefined): number | undefined {
  return share === undefined || !Number.isFinite(share) ? undefined : Math.min(1, Math.max(0, share));
}

/** Tools estimate: fractions of bytes, infinite times. The channel takes neither. */
function cleanFigures(update: MeterUpdate, share: number | undefined): Partial<RunnerProgress> {
  const { speed, eta, totalBytes, filename } = update;
  return {
    ...(isFigure(speed) && { speed }),
    ...(isFigure(eta) && { eta }),
    ...(isFigure(totalBytes) && { totalBytes: Math.round(totalBytes) }),
    ...(filename !== undefined && { filename: filename.slice(0, 255) }),
    ...(share === undefined && { indeterminate: true }),
  };
}

function isFigure(value: number | undefined): value is number {
  return value !== undefined && Number.isFinite(value) && value >= 0;
}
