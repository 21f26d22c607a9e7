import { assert } from 'chai';
import { html } from 'lit';
import { fitting, forAll } from '../../src/downloads/many.rules.ts';
import '../../src/downloads/mf-downloads.ts';
import type { MfDownloads } from '../../src/downloads/mf-downloads.ts';
import type { MfMany } from '../../src/downloads/mf-many.ts';
import { job } from '../helpers/data.ts';
import { find, textOf, unmount, until } from '../helpers/render.ts';
import { FakeServices, mountIn } from '../helpers/services.ts';

const COUNTS = { queued: 0, running: 0, paused: 0, failed: 0, completed: 0 };
const NONE = { items: [], nextCursor: null };

/** Two that failed, one that runs, one that rests. */
const JOBS = [
  job({ id: 'a', status: 'failed', title: 'A', errorCode: 'MF_ERR_NETWORK' }),
  job({ id: 'b', status: 'failed', title: 'B', errorCode: 'MF_ERR_NETWORK' }),
  job({ id: 'c', status: 'running', title: 'C' }),
  job({ id: 'd', status: 'paused', title: 'D' }),
];

async function open(outcomes: { changed: number; refused: number; left: number }[]) {
  const services = new FakeServices({
    DownloadsPage: () => ({ downloads: NONE }),
    ActiveDownloads: () => ({ running: NONE, waiting: NONE, failed: NONE, downloadCounts: { ...COUNTS, failed: 2 } }),
    Control: () => ({ controlDownloads: outcomes.shift() }),
  });
  services.downloads.loaded = true;
  services.downloads.counts = { ...COUNTS, failed: 2, running: 1, paused: 1 };
  for (const each of JOBS) services.downloads.take(each);
  const page = await mountIn<MfDownloads>(services, html`<mf-downloads></mf-downloads>`);
  const bar = find<MfMany>(page, 'mf-many');
  await bar.updateComplete;
  const press = async (name: string): Promise<void> => {
    const button = [...bar.renderRoot.querySelectorAll('button')].find((each) => textOf(each) === name);
    if (!button) throw new Error(`no ${name} in ${textOf(bar)}`);
    button.click();
    await page.updateComplete;
    await bar.updateComplete;
  };
  const pick = async (name: string): Promise<void> => {
    find<HTMLInputElement>(page, `input[aria-label="Select ${name}"]`).click();
    await page.updateComplete;
    await bar.updateComplete;
  };
  return { services, page, bar, press, pick };
}

describe('many downloads at once', () => {
  afterEach(unmount);

  it('all that failed are tried again, in as many calls as it takes, and how many is told', async () => {
    const { services, press } = await open([
      { changed: 1000, refused: 0, left: 200 },
      { changed: 199, refused: 1, left: 0 },
    ]);
    await press('Try all again');
    await until(() => services.toasts.list.length > 0);
    assert.deepEqual(services.of('Control'), [
      { action: 'retry', all: true },
      { action: 'retry', all: true },
    ]);
    assert.equal(services.toasts.list[0]?.text, '1,199 downloads are tried again. 1 could not be changed.');
  });

  it('what is refused each time is not asked for ever', async () => {
    const { services, press } = await open([{ changed: 0, refused: 2, left: 2 }]);
    await press('Try all again');
    await until(() => services.toasts.list.length > 0);
    assert.equal(services.of('Control').length, 1);
  });

  it('of those that were picked, each action takes the ones that it fits', async () => {
    const { services, page, bar, press, pick } = await open([{ changed: 1, refused: 0, left: 0 }]);
    await press('Select');
    assert.include(textOf(bar), '0 selected');
    for (const name of ['A', 'C', 'D']) await pick(name);
    await pick('D');
    assert.include(textOf(bar), '2 selected');
    const state = [...bar.renderRoot.querySelectorAll('button')].map((button) => [textOf(button), button.disabled]);
    assert.deepEqual(Object.fromEntries(state), {
      Pause: false,
      'Go on': true,
      'Try again': false,
      Cancel: false,
      Done: false,
    });
    await press('Pause');
    await until(() => services.toasts.list.length > 0);
    assert.deepEqual(services.of('Control'), [{ action: 'pause', ids: ['c'] }]);
    await page.updateComplete;
    assert.equal(page.renderRoot.querySelector('.pick'), null, 'picking ends with its action');
  });

  it('a refusal is told, and what was picked stays picked', async () => {
    const { services, bar, press, pick } = await open([]);
    await press('Select');
    await pick('C');
    await press('Pause');
    await until(() => services.toasts.list.length > 0);
    assert.include(textOf(bar), '1 selected');
  });

  for (const [counts, all] of [
    [{ queued: 1, running: 1, paused: 0, failed: 0 }, ['pause']],
    [{ queued: 0, running: 1, paused: 1, failed: 1 }, []],
    [{ queued: 9, running: 3, paused: 2, failed: 2 }, ['pause', 'resume', 'retry']],
  ] as const) {
    it(`${JSON.stringify(counts)} offers ${all.join(', ') || 'nothing'} for all`, () =>
      assert.deepEqual(forAll(counts), [...all]));
  }

  it('cancelled ones are tried again only by name', () => {
    const jobs = [...JOBS, job({ id: 'e', status: 'cancelled' })];
    assert.deepEqual(
      [fitting('retry', jobs), fitting('resume', jobs), fitting('cancel', jobs)],
      [['a', 'b', 'e'], ['d'], ['c', 'd']],
    );
  });
});
