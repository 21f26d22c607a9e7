import assert from 'node:assert/strict';
import test from 'node:test';
import {
  admit,
  BREAKER_RULES,
  CLOSED,
  EASED_MS,
  opensAt,
  PROBE_MS,
  probeNow,
  renewCookies,
  report,
  stateOf,
} from '../../../src/features/platforms/breaker.rules.ts';
import type { Breaker } from '../../../src/features/platforms/breaker.rules.ts';
import { FailureClass } from '../../../src/features/platforms/outcome.rules.ts';
import type { Verdict } from '../../../src/features/platforms/outcome.rules.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NOW = Date.UTC(2026, 10, 28);
/** No jitter: the middle of it. */
const MIDDLE = 0.5;

interface Step {
  readonly verdict: Verdict;
  readonly by?: string;
  readonly source?: string;
  readonly retryAfterMs?: number;
  readonly now?: number;
  readonly random?: number;
}

const failed = (name: FailureClass): Verdict => ({ kind: 'failed', class: name });
const served: Verdict = { kind: 'served' };

function after(
  breaker: Breaker,
  { verdict, by = 'job', source = 'a', retryAfterMs, now = NOW, random = MIDDLE }: Step,
) {
  const asked = retryAfterMs === undefined ? {} : { retryAfterMs };
  return report(breaker, { verdict, by, source, ...asked }, { now, random });
}

const afterAll = (steps: readonly Step[]): Breaker => steps.reduce(after, CLOSED);
/** Opened by as many failures as it takes. */
const opened = (name: FailureClass): Breaker =>
  afterAll(
    Array.from({ length: BREAKER_RULES[name].inRow }, (_, index) => ({ verdict: failed(name), source: `s${index}` })),
  );

const FIRST = [
  ['rate_limited', 15 * MINUTE],
  ['challenge', Infinity],
  ['login_required', 24 * HOUR],
  ['tool_outdated', 6 * HOUR],
  ['network', 10 * MINUTE],
  ['suspicious_empty', 2 * HOUR],
] as const;

for (const [name, wait] of FIRST) {
  test(`${name} opens for ${wait === Infinity ? 'as long as nobody does something' : `${wait / MINUTE} minutes`}`, () => {
    const breaker = opened(name);
    assert.equal(stateOf(breaker, NOW), 'open');
    assert.equal(opensAt(breaker, NOW), NOW + wait);
  });
}

const GROWTH = [
  ['rate_limited', [15, 30, 60, 120, 240, 480, 960, 1440, 1440]],
  ['login_required', [1440, 1440]],
  ['tool_outdated', [360, 720, 1440, 2880, 2880]],
  ['network', [10, 20, 40, 80, 160, 320, 360, 360]],
  ['suspicious_empty', [120, 240, 480, 960, 1440, 1440]],
] as const;

for (const [name, minutes] of GROWTH) {
  test(`each probe that fails as ${name} makes the rest longer, to a limit`, () => {
    let breaker = opened(name);
    let now = NOW;
    const waits: number[] = [];
    for (let round = 0; round < minutes.length; round += 1) {
      waits.push((opensAt(breaker, now) - now) / MINUTE);
      now = opensAt(breaker, now);
      assert.equal(stateOf(breaker, now), 'half-open');
      breaker = after(admit(breaker, 'probe', now), { verdict: failed(name), by: 'probe', now });
    }
    assert.deepEqual(waits, minutes);
  });
}

const ROWS: readonly (readonly [string, readonly Step[], 'open' | 'closed'])[] = [
  [
    'four connections that broke',
    Array.from({ length: 4 }, (_, n) => ({ verdict: failed('network'), source: `${n}` })),
    'closed',
  ],
  ['five, of one post', Array.from({ length: 5 }, () => ({ verdict: failed('network') })), 'closed'],
  [
    'five, of two posts',
    Array.from({ length: 5 }, (_, n) => ({ verdict: failed('network'), source: `${n % 2}` })),
    'open',
  ],
  [
    'five, with a success between',
    [0, 1, 2, 3, 4].flatMap((n) => [
      { verdict: failed('network'), source: `${n}` },
      ...(n === 2 ? [{ verdict: served }] : []),
    ]),
    'closed',
  ],
  [
    'five, with something between that tells nothing',
    [0, 1, 2, 3, 4].flatMap((n) => [
      { verdict: failed('network'), source: `${n}` },
      { verdict: { kind: 'none' } as const },
    ]),
    'open',
  ],
  [
    'two pages that a tool could not read, and a connection that broke',
    [
      { verdict: failed('tool_outdated') },
      { verdict: failed('network') },
      { verdict: failed('tool_outdated'), source: 'b' },
    ],
    'closed',
  ],
  [
    'three pages of two posts that a tool could not read',
    ['a', 'a', 'b'].map((source) => ({ verdict: failed('tool_outdated'), source })),
    'open',
  ],
  [
    'two lists that were empty',
    ['a', 'b', 'b'].map((source) => ({ verdict: failed('suspicious_empty'), source })),
    'closed',
  ],
  [
    'three lists that were empty',
    ['a', 'b', 'c'].map((source) => ({ verdict: failed('suspicious_empty'), source })),
    'open',
  ],
];

for (const [what, steps, expected] of ROWS) {
  test(`${what}: ${expected}`, () => assert.equal(stateOf(afterAll(steps), NOW), expected));
}

test('waits vary by a fifth', () => {
  const waits = [0, 0.5, 1].map(
    (random) => opensAt(after(CLOSED, { verdict: failed('rate_limited'), random }), NOW) - NOW,
  );
  assert.deepEqual(waits, [12 * MINUTE, 15 * MINUTE, 18 * MINUTE]);
});

test('Retry-After takes the place of the first rest, is never made shorter, and never longer than a day', () => {
  const waitOf = (retryAfterMs: number, random: number) =>
    opensAt(after(CLOSED, { verdict: failed('rate_limited'), retryAfterMs, random }), NOW) - NOW;
  assert.equal(waitOf(30_000, 0), 30_000);
  assert.equal(waitOf(30_000, 1), 36_000);
  assert.equal(waitOf(40 * HOUR, 0), 24 * HOUR);
});

test('a Retry-After that has proved too short is not believed again', () => {
  let breaker = after(CLOSED, { verdict: failed('rate_limited'), retryAfterMs: 10_000, random: 0 });
  const waits: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    const now = opensAt(breaker, NOW);
    const step = { verdict: failed('rate_limited'), by: 'probe', retryAfterMs: 10_000, now, random: 0 };
    breaker = after(admit(breaker, 'probe', now), step);
    waits.push(opensAt(breaker, now) - now);
  }
  assert.deepEqual(waits, [20_000, 40_000, 80_000]);
});

test('half-open lets one probe through, until it is heard of or taken for lost', () => {
  const breaker = opened('rate_limited');
  const then = opensAt(breaker, NOW);
  const probed = admit(breaker, 'probe', then);
  assert.equal(opensAt(probed, then), then + PROBE_MS);
  assert.ok(opensAt(probed, then + PROBE_MS) <= then + PROBE_MS);
  // It tells nothing: the next one may go.
  const told = after(probed, { verdict: { kind: 'none' }, by: 'probe', now: then });
  assert.deepEqual([stateOf(told, then), opensAt(told, then) <= then], ['half-open', true]);
});

test('a probe that is served closes it; for an hour the pace is halved, and a new rest goes on growing', () => {
  const breaker = opened('rate_limited');
  const then = opensAt(breaker, NOW);
  const closed = after(admit(breaker, 'probe', then), { verdict: served, by: 'probe', now: then });
  assert.deepEqual(closed, { eased: { until: then + EASED_MS, waitMs: 15 * MINUTE } });
  const soon = after(closed, { verdict: failed('rate_limited'), now: then + MINUTE });
  assert.equal(opensAt(soon, then + MINUTE), then + MINUTE + 30 * MINUTE);
  const late = then + EASED_MS + MINUTE;
  assert.equal(opensAt(after(closed, { verdict: failed('rate_limited'), now: late }), late), late + 15 * MINUTE);
});

test('what began before it opened neither closes it nor makes the rest grow, but may ask for a longer one', () => {
  const breaker = opened('rate_limited');
  assert.equal(after(breaker, { verdict: served }), breaker);
  assert.equal(after(breaker, { verdict: failed('rate_limited') }), breaker);
  assert.equal(after(breaker, { verdict: failed('network') }), breaker);
  assert.equal(
    opensAt(after(breaker, { verdict: failed('rate_limited'), retryAfterMs: HOUR, random: 0 }), NOW),
    NOW + HOUR,
  );
  assert.equal(opensAt(after(breaker, { verdict: failed('challenge') }), NOW), Infinity);
});

test('a probe that breaks off keeps the rest growing under its new name', () => {
  const breaker = opened('rate_limited');
  const then = opensAt(breaker, NOW);
  const again = after(admit(breaker, 'probe', then), { verdict: failed('network'), by: 'probe', now: then });
  assert.deepEqual([again.opening?.class, opensAt(again, then) - then], ['network', 30 * MINUTE]);
});

for (const name of Object.values(FailureClass)) {
  const mends = name === 'challenge' || name === 'login_required';
  test(`new cookies ${mends ? 'close' : 'do not close'} what opened for ${name}`, () => {
    assert.equal(stateOf(renewCookies(opened(name)), NOW), mends ? 'closed' : 'open');
  });
}

test('what the class waited for lets one probe through at once, and nothing else does', () => {
  const breaker = opened('tool_outdated');
  assert.equal(stateOf(probeNow(breaker, 'tool_outdated', NOW), NOW), 'half-open');
  assert.equal(probeNow(breaker, 'challenge', NOW), breaker);
});
