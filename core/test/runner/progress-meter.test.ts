import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { RunnerProgress } from '../../src/channel/runner-messages.ts';
import type { ProgressMeter } from '../../src/runner/progress-meter.ts';
import { createProgressMeter } from '../../src/runner/progress-meter.ts';

function createMeter(processors = true): { meter: ProgressMeter; messages: RunnerProgress[] } {
  const messages: RunnerProgress[] = [];
  return { meter: createProgressMeter({ processors }, (message) => messages.push(message)), messages };
}

describe('progress', () => {
  it('gives each stage its part of the whole', () => {
    const { meter, messages } = createMeter();
    for (const stage of ['probe', 'fetch', 'verify', 'process', 'store'] as const) meter.enter(stage);
    assert.deepEqual(
      messages.map(({ stage, progress }) => [stage, progress]),
      [
        ['probe', 0],
        ['fetch', 5],
        ['verify', 75],
        ['process', 78],
        ['store', 95],
      ],
    );
  });

  it('is nearly all fetch where nothing is processed', () => {
    const { meter, messages } = createMeter(false);
    meter.enter('fetch');
    meter.update({ share: 1 });
    assert.equal(messages.at(-1)?.progress, 90);
  });

  it('never goes back within an attempt', () => {
    const { meter, messages } = createMeter();
    meter.enter('fetch');
    for (const share of [0.5, 0.2, 0.9, 0.1, undefined]) meter.update(share === undefined ? {} : { share });
    const figures = messages.map(({ progress }) => progress);
    assert.deepEqual(
      figures,
      figures.toSorted((a, b) => a - b),
    );
  });

  it('counts the items of a post together', () => {
    const { meter, messages } = createMeter();
    meter.enter('fetch');
    meter.expect(4);
    const [first, second] = [meter.source(), meter.source()];
    first.update({ share: 1 });
    second.update({ share: 0.5 });
    assert.equal(messages.at(-1)?.progress, 5 + 70 * (1.5 / 4));
  });

  it('takes nothing from a source of an earlier stage', () => {
    const { meter, messages } = createMeter();
    meter.enter('fetch');
    const late = meter.source();
    meter.enter('verify');
    late.update({ share: 1 });
    assert.equal(messages.at(-1)?.progress, 75);
  });

  it('says when a length is unknown', () => {
    const { meter, messages } = createMeter();
    meter.enter('fetch');
    meter.update({ speed: 10 });
    assert.deepEqual(messages.at(-1), {
      type: 'progress',
      stage: 'fetch',
      progress: 5,
      speed: 10,
      indeterminate: true,
    });
  });

  it('sends only figures that the channel takes', () => {
    const { meter, messages } = createMeter();
    meter.enter('fetch');
    meter.update({ share: 7, speed: NaN, eta: Infinity, totalBytes: 10.6, filename: 'x'.repeat(300) });
    const { filename, ...rest } = messages.at(-1) ?? { filename: '' };
    assert.deepEqual(rest, { type: 'progress', stage: 'fetch', progress: 75, totalBytes: 11 });
    assert.equal(filename?.length, 255);
  });
});
