import { assert } from 'chai';
import { html } from 'lit';
import '../../src/elements/mf-trip.ts';
import type { MfTrip } from '../../src/elements/mf-trip.ts';
import { layTrip, STAGES } from '../../src/elements/trip.rules.ts';
import { find, mount, unmount } from '../helpers/render.ts';

describe('layTrip', () => {
  it('what is behind the stage is done, what is ahead is not', () => {
    assert.deepEqual(layTrip('verify', 60).segments, ['done', 'done', 'now', 'ahead', 'ahead']);
  });

  it('a stage that has just begun shows nothing of itself, whatever comes after the fetch', () => {
    assert.deepEqual(
      [layTrip('probe', 0), layTrip('fetch', 5), layTrip('process', 78), layTrip('store', 95)].map(
        ({ share }) => share,
      ),
      [0, 0, 0, 0],
    );
  });

  it('no stage yet means nothing is done', () => {
    assert.deepEqual(
      layTrip(null, 0).segments,
      STAGES.map(() => 'ahead'),
    );
  });

  for (const [stage, progress] of [
    ['fetch', 2],
    ['probe', 90],
    ['store', 100],
    ['process', -5],
  ] as const) {
    it(`the share stays within the segment at ${stage} ${progress}`, () => {
      const { share } = layTrip(stage, progress);
      assert(share >= 0 && share <= 100);
    });
  }
});

describe('mf-trip', () => {
  afterEach(unmount);
  const bar = (trip: MfTrip): HTMLElement => find(trip, '[role=progressbar]');

  it('is a progress bar that names its stage', async () => {
    const trip = await mount<MfTrip>(html`<mf-trip .stage=${'fetch'} .progress=${37.4}></mf-trip>`);
    assert.equal(bar(trip).ariaLabel, 'Fetching');
    assert.equal(bar(trip).getAttribute('aria-valuenow'), '37');
    assert.equal(bar(trip).getAttribute('aria-valuemax'), '100');
  });

  it('never runs backwards within an attempt', async () => {
    const trip = await mount<MfTrip>(html`<mf-trip .stage=${'process'} .progress=${80}></mf-trip>`);
    trip.stage = 'fetch';
    trip.progress = 40;
    await trip.updateComplete;
    assert.equal(bar(trip).getAttribute('aria-valuenow'), '80');
    assert.equal(bar(trip).ariaLabel, 'Making it playable');
  });

  it('starts over with a new attempt', async () => {
    const trip = await mount<MfTrip>(html`<mf-trip .stage=${'process'} .progress=${80}></mf-trip>`);
    trip.attempt = 2;
    trip.stage = 'probe';
    trip.progress = 1;
    await trip.updateComplete;
    assert.equal(bar(trip).getAttribute('aria-valuenow'), '1');
  });

  it('tells no number while the length is unknown', async () => {
    const trip = await mount<MfTrip>(html`<mf-trip .stage=${'fetch'} .progress=${20} indeterminate></mf-trip>`);
    assert.equal(bar(trip).hasAttribute('aria-valuenow'), false);
    assert.exists(trip.renderRoot.querySelector('.sweep'));
  });

  for (const [state, over, segment, label] of [
    ['failed', { status: 'failed' }, '.fail', 'Fetching'],
    ['held', { status: 'queued', held: true }, '.held', 'Held back'],
    ['paused', { status: 'paused' }, '.paused .now', 'Paused'],
  ] as const) {
    it(`shows that it is ${state} by more than colour`, async () => {
      const trip = await mount<MfTrip>(html`<mf-trip .stage=${'fetch'} .progress=${20}></mf-trip>`);
      Object.assign(trip, over);
      await trip.updateComplete;
      assert.exists(trip.renderRoot.querySelector(segment));
      assert.equal(bar(trip).ariaLabel, label);
    });
  }

  it('fills from the right where the page runs that way', async () => {
    const trip = await mount<MfTrip>(
      html`<mf-trip .stage=${'fetch'} .progress=${20} style="inline-size: 300px"></mf-trip>`,
    );
    document.documentElement.dir = 'rtl';
    const [first, second] = [...trip.renderRoot.querySelectorAll('i')].map(
      (segment) => segment.getBoundingClientRect().left,
    );
    assert.isAbove(first ?? 0, second ?? 0);
  });
});
