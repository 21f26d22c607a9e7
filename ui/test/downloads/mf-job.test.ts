import { assert } from 'chai';
import { html } from 'lit';
import type { Job } from '../../src/api/types.ts';
import { describeFailure } from '../../src/downloads/failures.ts';
import { jobLine } from '../../src/downloads/job.rules.ts';
import '../../src/downloads/mf-job.ts';
import type { JobWish, MfJob } from '../../src/downloads/mf-job.ts';
import { enFailures } from '../../src/words/en-failures.ts';
import { fr } from '../../src/words/fr.ts';
import { carousel, job, post } from '../helpers/data.ts';
import { eventOf, find, mount, textOf, unmount } from '../helpers/render.ts';

const row = async (value: Job, width = 1100): Promise<MfJob> =>
  mount<MfJob>(html`<mf-job style="inline-size: ${width}px" .job=${value} .href=${'/m/p1'}></mf-job>`);

/** The list in the SDK, read as text: the screens import nothing of the server. */
async function failureCodes(): Promise<string[]> {
  const source = await (await fetch('/sdk/src/failure-code.ts')).text();
  return [...new Set(source.match(/MF_ERR_[A-Z_]+/g) ?? [])];
}

describe('failures in words', () => {
  it('every code of the SDK has a sentence and a meaning in both languages', async () => {
    const codes = await failureCodes();
    assert.isAtLeast(codes.length, 20);
    for (const code of codes) {
      for (const words of [enFailures, fr]) {
        assert(Object.hasOwn(words, `fail_${code}`), `fail_${code}`);
        assert(Object.hasOwn(words, `hint_${code}`), `hint_${code}`);
      }
    }
  });

  it('names the platform, and YouTube by its site', () => {
    assert.include(
      describeFailure(job({ platform: 'youtube', errorCode: 'MF_ERR_NETWORK' })).sentence,
      'YouTube broke',
    );
  });

  it('an unknown code keeps the server’s own sentence', () => {
    assert.equal(
      describeFailure(job({ errorCode: 'MF_ERR_MOON', errorMessage: 'The moon is full.' })).sentence,
      'The moon is full.',
    );
  });
});

describe('jobLine', () => {
  const now = Date.parse('2026-11-21T14:00:00Z');
  for (const [title, value, text] of [
    ['a running one tells real figures', job(), 'Fetching · 37\u00a0% · 38\u202fMB · 6.1\u202fMB/s · 4\u202fs left'],
    [
      'an unknown length is no percentage',
      job({ indeterminate: true, speed: null, eta: null, totalBytes: null }),
      'Fetching',
    ],
    ['a paused one says that nothing is lost', job({ status: 'paused' }), 'Paused by you · what has come is kept'],
    [
      'a held one says why and until when',
      job({ status: 'queued', heldUntil: '2026-11-21T14:00:42Z', heldReason: 'MF_ERR_RATE_LIMITED' }),
      'Held back · TikTok asked us to slow down · goes on in 0:42',
    ],
    [
      'a hold that has ended is a wait',
      job({ status: 'queued', attempts: 0, heldUntil: '2026-11-21T13:59:59Z' }),
      'Waiting for its turn',
    ],
    ['a finished one tells what came', job({ status: 'completed', post: carousel(10) }), '10 items · 4.2\u202fMB'],
  ] as const) {
    it(title, () => {
      const { lead, rest } = jobLine(value, now);
      assert.equal([lead, ...rest].join(' · ').replace('37 %', '37\u00a0%'), text);
    });
  }
});

describe('mf-job', () => {
  afterEach(unmount);

  it('a failed one says what happened, what it means, and what helps', async () => {
    const element = await row(job({ status: 'failed', errorCode: 'MF_ERR_LOGIN_REQUIRED', platform: 'x' }));
    assert.include(textOf(element), 'X wants you to be signed in to see this.');
    assert.notInclude(textOf(find(element, '.how')), 'MF_ERR');
    const wished = eventOf<{ id: string; wish: JobWish }>(element, 'mf-job-wish');
    find<HTMLButtonElement>(element, '.btn.paper').click();
    assert.equal((await wished).detail.wish, 'retry');
  });

  it('what only the platform can show is opened there, safely', async () => {
    const element = await row(job({ status: 'failed', errorCode: 'MF_ERR_NO_MEDIA', url: 'https://x.com/a/status/1' }));
    const link = find<HTMLAnchorElement>(element, '.btn.paper');
    assert.equal(link.href, 'https://x.com/a/status/1');
    assert.include(link.rel, 'noopener');
  });

  it('the code is in the details only', async () => {
    const element = await row(job({ status: 'failed', errorCode: 'MF_ERR_NETWORK', errorMessage: 'read ECONNRESET' }));
    find<HTMLButtonElement>(element, '.item').click();
    await element.updateComplete;
    assert.include(textOf(find(element, '.more')), 'MF_ERR_NETWORK');
    assert.include(textOf(find(element, '.more')), 'read ECONNRESET');
  });

  it('a finished one leads to its post', async () => {
    const element = await row(job({ status: 'completed', post: post() }));
    assert.equal(find<HTMLAnchorElement>(element, '.acts a.btn').pathname, '/m/p1');
  });

  for (const [key, status, wish] of [
    ['p', 'running', 'pause'],
    ['P', 'paused', 'resume'],
    ['r', 'failed', 'retry'],
    ['Delete', 'running', 'cancel'],
    ['Delete', 'failed', 'dismiss'],
  ] as const) {
    it(`${key} on a ${status} one means ${wish}`, async () => {
      const element = await row(job({ status }));
      const wished = eventOf<{ wish: JobWish }>(element, 'mf-job-wish');
      find(element, '.acts').dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true }));
      assert.equal((await wished).detail.wish, wish);
    });
  }

  it('fits a narrow phone with a very long title', async () => {
    const element = await row(job({ title: 'w'.repeat(400), author: 'a'.repeat(200) }), 288);
    assert.isAtMost(element.scrollWidth, 288);
  });

  it('an Arabic title keeps its direction', async () => {
    const element = await row(job({ title: 'ثلاثة أشخاص، كثيب واحد، بلا إشارة' }));
    assert.equal(find(element, '.title').dir, 'auto');
  });
});
