import { assert } from 'chai';
import { html } from 'lit';
import '../../src/home/mf-scrubber.ts';
import type { MfScrubber } from '../../src/home/mf-scrubber.ts';
import { indexOfMonth, layTicks, monthAt } from '../../src/home/months.rules.ts';
import { parseFilter } from '../../src/router/filter.ts';
import { toInput, toListInput } from '../../src/state/passes.rules.ts';
import { eventOf, find, mount, unmount } from '../helpers/render.ts';

const MONTHS = ['2026-11', '2026-10', '2026-07', '2025-12', '2025-01', '2023-05'];

describe('layTicks', () => {
  it('names months of the newest year and each earlier year once', () => {
    const named = layTicks(MONTHS, 600, 30).filter((tick) => tick.named);
    assert.deepEqual(
      named.map(({ month, year }) => (year ? month.slice(0, 4) : month)),
      ['2026-11', '2026-10', '2026-07', '2025', '2023'],
    );
  });

  it('years go before months where room is short, and names keep apart', () => {
    const named = layTicks(MONTHS, 100, 45).filter((tick) => tick.named);
    for (const [index, tick] of named.entries())
      for (const other of named.slice(index + 1)) assert.isAtLeast(Math.abs(other.at - tick.at) * 100, 45);
    assert(named.some(({ year }) => year));
  });
});

describe('monthAt and indexOfMonth', () => {
  it('a place is the nearest month, and never past the ends', () => {
    assert.deepEqual(
      [-1, 0, 0.21, 1, 9].map((at) => monthAt(MONTHS, at)),
      ['2026-11', '2026-11', '2026-10', '2023-05', '2023-05'],
    );
    assert.equal(monthAt([], 0.5), undefined);
  });

  it('a month that has nothing stands where the next older one does', () => {
    assert.deepEqual(
      ['2026-12', '2026-08', '2020-01'].map((month) => indexOfMonth(MONTHS, month)),
      [0, 2, 5],
    );
  });
});

describe('where a list begins', () => {
  it('is part of the address, and of reading only', () => {
    const filter = parseFilter(new URLSearchParams('kind=video&at=2025-12'));
    assert.deepEqual(filter, { kind: 'video', at: '2025-12' });
    assert.deepEqual(toInput(filter), { kind: 'video' });
    assert.equal(toListInput(filter).to, '2025-12-31T23:59:59.999Z');
    assert.equal(toListInput({ ...filter, to: '2025-06-01' }).to, toInput({ to: '2025-06-01' }).to);
    assert.deepEqual(parseFilter(new URLSearchParams('at=2025-13')), {});
  });
});

describe('mf-scrubber', () => {
  afterEach(unmount);
  const scrubber = async (): Promise<MfScrubber> =>
    mount<MfScrubber>(html`<mf-scrubber .months=${MONTHS} at="2026-10"></mf-scrubber>`);

  it('tells where one is, and leads on by keys', async () => {
    const element = await scrubber();
    const rail = find(element, '[role=slider]');
    assert.equal(rail.getAttribute('aria-valuetext'), 'October 2026');
    const jumped = eventOf<string>(element, 'mf-jump');
    rail.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true, cancelable: true }));
    assert.equal((await jumped).detail, '2026-07');
  });

  it('a press leads to the month that is there', async () => {
    const element = await scrubber();
    const rail = find(element, '.rail');
    rail.setPointerCapture = () => undefined; // There is no such pointer.
    const { bottom, left } = element.getBoundingClientRect();
    const place = { clientX: left + 5, clientY: bottom, bubbles: true, pointerType: 'mouse' };
    const jumped = eventOf<string>(element, 'mf-jump');
    rail.dispatchEvent(new PointerEvent('pointerdown', place));
    rail.dispatchEvent(new PointerEvent('pointerup', place));
    assert.equal((await jumped).detail, '2023-05');
  });
});
