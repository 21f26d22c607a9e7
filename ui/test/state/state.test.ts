import { assert } from 'chai';
import { startOf, spanOf } from '../../src/home/dates.rules.ts';
import { mergeJob } from '../../src/state/job-book.ts';
import { Preferences } from '../../src/state/preferences.ts';
import { Toasts } from '../../src/state/toasts.ts';
import { passwordStrength } from '../../src/entry/password-field.ts';
import { parseProblem } from '../../src/api/api-error.ts';
import { job } from '../helpers/data.ts';

describe('mergeJob', () => {
  it('progress that was overtaken does not go back', () => {
    const merged = mergeJob(job({ progress: 60, stage: 'verify' }), job({ progress: 40, stage: 'fetch' }));
    assert.deepEqual([merged.progress, merged.stage], [60, 'verify']);
  });

  it('a new attempt starts over', () => {
    assert.equal(mergeJob(job({ progress: 60 }), job({ progress: 2, attempts: 2 })).progress, 2);
  });

  it('an end is believed whatever the progress was', () => {
    assert.equal(mergeJob(job({ progress: 60 }), job({ progress: 20, status: 'failed' })).status, 'failed');
  });
});

describe('preferences', () => {
  afterEach(() => {
    localStorage.clear();
    delete document.documentElement.dataset['theme'];
  });

  it('a theme that was chosen is on the page and remembered', () => {
    new Preferences().setTheme('light');
    assert.equal(document.documentElement.dataset['theme'], 'light');
    assert.equal(new Preferences().theme, 'light');
  });

  it('without a choice the system decides', async () => {
    const preferences = new Preferences();
    const listening = new AbortController();
    await preferences.start(listening.signal);
    listening.abort();
    const light = window.matchMedia('(prefers-color-scheme: light)').matches;
    assert.equal(document.documentElement.dataset['theme'], light ? 'light' : 'dark');
  });

  it('nonsense in the storage is ignored', () => {
    localStorage.setItem('mf.theme', 'pink');
    localStorage.setItem('mf.volume', 'loud');
    const preferences = new Preferences();
    assert.deepEqual([preferences.theme, preferences.volume], ['system', 1]);
  });
});

describe('toasts', () => {
  it('three at most are shown, the latest ones', () => {
    const toasts = new Toasts();
    for (const text of ['a', 'b', 'c', 'd']) toasts.show({ text, tone: 'plain' });
    assert.deepEqual(
      toasts.list.map(({ text }) => text),
      ['b', 'c', 'd'],
    );
  });
});

describe('spans of days', () => {
  const now = new Date(2026, 10, 21, 23, 30);
  it('seven days end today', () => {
    assert.equal(startOf('week', now), '2026-11-15');
    assert.equal(spanOf({ from: '2026-11-15' }, now), 'week');
  });
  it('dates of another kind are no span', () => {
    assert.equal(spanOf({ from: '2026-03-01', to: '2026-03-31' }, now), undefined);
  });
});

describe('passwordStrength', () => {
  for (const [password, strength] of [
    ['', 0],
    ['short', 1],
    ['aaaaaaaaaaaaaaaaaaa', 1],
    ['longer-word', 2],
    ['three-quiet-otters', 4],
  ] as const) {
    it(`${JSON.stringify(password)} is ${strength} of 4`, () => {
      assert.equal(passwordStrength(password), strength);
    });
  }
});

describe('parseProblem', () => {
  it('takes code, sentence and help', () => {
    const { code, message, help, status } = parseProblem(422, { code: 'MF_ERR_X', detail: 'No.', help: 'Do this.' });
    assert.deepEqual([code, message, help, status], ['MF_ERR_X', 'No.', 'Do this.', 422]);
  });
  it('a body that is no problem still is an error with its status', () => {
    assert.equal(parseProblem(500, '<html>').code, 'HTTP_500');
  });
});
