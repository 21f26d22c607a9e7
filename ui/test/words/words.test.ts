import { assert } from 'chai';
import { html } from 'lit';
import '../../src/elements/mf-trip.ts';
import type { MfTrip } from '../../src/elements/mf-trip.ts';
import { preferredLocale } from '../../src/state/preferences.ts';
import { PARTS } from '../../src/words/all-words.ts';
import { t as tDownloads } from '../../src/words/downloads.ts';
import {
  formatAgo,
  formatBytes,
  formatClock,
  formatDate,
  formatMonth,
  formatNumber,
  formatWait,
} from '../../src/words/format.ts';
import { fr } from '../../src/words/fr.ts';
import { oneLine } from '../../src/words/names.ts';
import { chooseLocale, isMessageId, t, tn } from '../../src/words/t.ts';
import { find, mount, unmount } from '../helpers/render.ts';

const english: [string, string][] = Object.values(PARTS).flatMap((part) => Object.entries(part));
const french: Readonly<Record<string, string>> = fr;
const holes = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).sort();

describe('words', () => {
  afterEach(async () => {
    unmount();
    await chooseLocale('en');
  });

  it('both languages leave the same places open', () => {
    for (const [id, text] of english) assert.deepEqual(holes(french[id] ?? ''), holes(text), id);
  });

  it('no id is in two parts, and French has no id that English lacks', () => {
    const ids = english.map(([id]) => id);
    assert.deepEqual(
      ids.filter((id, at) => ids.indexOf(id) !== at),
      [],
    );
    assert.deepEqual(Object.keys(fr).sort(), [...ids].sort());
  });

  it('an id with a form for many has one for one', () => {
    const ids = new Set(english.map(([id]) => id));
    for (const id of ids) if (id.endsWith('_other')) assert(ids.has(id.replace(/_other$/, '_one')), id);
  });

  it('the words of a page are not those of the shell, and its voice has both', async () => {
    assert(!isMessageId('downloads_empty'));
    assert.equal(tDownloads('downloads_empty'), 'Nothing on its way');
    assert.equal(tDownloads('close'), 'Close');
    await chooseLocale('fr');
    assert.equal(tDownloads('downloads_empty'), french['downloads_empty']);
  });

  it('French never breaks a line before : ; ? !', () => {
    for (const [id, text] of Object.entries(fr)) assert.notMatch(text, / [:;?!»]|« | …/, id);
  });

  it('numbers choose the form, in each language by its own rules', async () => {
    assert.equal(tn('posts', 0), '0 posts');
    assert.equal(tn('posts', 1), '1 post');
    await chooseLocale('fr');
    assert.equal(tn('posts', 0), '0 publication');
    assert.match(tn('posts', 1234), /^1.234 publications$/);
  });

  it('a value that looks like a place is left as it is', () => {
    assert.equal(t('saved', { title: '{title} {n}' }), 'Saved: {title} {n}');
  });

  it('a change of language redraws what is on screen', async () => {
    const trip = await mount<MfTrip>(html`<mf-trip .stage=${'fetch'}></mf-trip>`);
    await chooseLocale('fr');
    await trip.updateComplete;
    assert.equal(find(trip, '[role=progressbar]').ariaLabel, 'Récupération');
    assert.equal(document.documentElement.lang, 'fr');
  });

  it('the browser’s first language that the app speaks is taken', () => {
    assert.equal(preferredLocale(['de-DE', 'fr-CA', 'en']), 'fr');
    assert.equal(preferredLocale(['ja']), 'en');
  });
});

describe('format', () => {
  afterEach(async () => chooseLocale('en'));

  for (const [bytes, text] of [
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1 kB'],
    [38_240_000, '38.2 MB'],
    [999_999, '1 MB'],
    [1.24e12, '1.2 TB'],
  ] as const) {
    it(`${bytes} bytes are ${text}`, () => {
      assert.equal(formatBytes(bytes).replace('\u202f', ' '), text);
    });
  }

  it('French counts in octets, with a comma', async () => {
    await chooseLocale('fr');
    assert.equal(formatBytes(38_240_000), '38,2\u202fMo');
  });

  for (const [seconds, clock] of [
    [0, '0:00'],
    [34.4, '0:34'],
    [754, '12:34'],
    [3729, '1:02:09'],
  ] as const) {
    it(`${seconds} s are ${clock}`, () => {
      assert.equal(formatClock(seconds), clock);
    });
  }

  it('a wait is told in one unit', () => {
    assert.deepEqual(
      [4, 0.2, 200, 9000].map((seconds) => formatWait(seconds).replace('\u202f', ' ')),
      ['4 s', '1 s', '3 min', '3 h'],
    );
  });

  it('how long ago is short, and a date after two months', () => {
    const now = new Date(2026, 10, 21, 12).getTime();
    const ago = (hours: number): string => formatAgo(new Date(now - hours * 3_600_000).toISOString(), now);
    assert.deepEqual([0, 0.05, 2, 24, 72].map(ago), ['now', '3m ago', '2h ago', 'yesterday', '3d ago']);
    assert.deepEqual([23, 24, 24 * 6, 24 * 7, 24 * 60].map(ago), [
      '23h ago',
      'yesterday',
      '6d ago',
      '1w ago',
      'September 22, 2026',
    ]);
    assert.equal(formatAgo('never'), '');
  });

  it('French says how long ago with the unit behind', async () => {
    await chooseLocale('fr');
    const now = new Date(2026, 10, 21, 12).getTime();
    const ago = (hours: number): string => formatAgo(new Date(now - hours * 3_600_000).toISOString(), now);
    assert.deepEqual(
      [0, 0.05, 2, 24, 72, 24 * 14, 24 * 100].map((hours) => ago(hours).replace('\u202f', ' ')),
      ['à l’instant', 'il y a 3 min', 'il y a 2 h', 'hier', 'il y a 3 j', 'il y a 2 sem.', '13 août 2026'],
    );
  });

  for (const [locale, day, long, medium, short, number] of [
    ['en', 'February 3, 2026', 'December 2025', 'Dec 2025', 'Dec', '1,234,567'],
    ['fr', '3 février 2026', 'décembre 2025', 'déc. 2025', 'déc.', '1\u202f234\u202f567'],
  ] as const) {
    it(`days, months and whole numbers are written as in ${locale}`, async () => {
      await chooseLocale(locale);
      assert.equal(formatDate('2026-02-03T12:00:00'), day);
      assert.deepEqual(
        (['long', 'medium', 'short'] as const).map((form) => formatMonth('2025-12', form)),
        [long, medium, short],
      );
      assert.deepEqual([999, 1000, 1_234_567].map(formatNumber), ['999', number.slice(0, 2) + '000', number]);
    });
  }

  it('each language names twelve months', async () => {
    for (const locale of ['en', 'fr'] as const) {
      await chooseLocale(locale);
      for (const form of ['short', 'long'] as const) {
        const names = Array.from({ length: 12 }, (_item, n) =>
          formatMonth(`2026-${String(n + 1).padStart(2, '0')}`, form),
        );
        assert.equal(new Set(names).size, 12);
        assert.notInclude(names, '');
      }
    }
    assert.equal(formatMonth('', 'long'), '');
    assert.equal(formatDate('never'), '');
  });

  it('control characters and line breaks leave one line', () => {
    assert.equal(oneLine(' a\u0000\n\tb  c '), 'a b c');
  });
});
