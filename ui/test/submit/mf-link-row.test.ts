import { assert } from 'chai';
import { html } from 'lit';
import type { LinkEntry } from '../../src/submit/link-entry.ts';
import '../../src/submit/mf-link-row.ts';
import type { MfLinkRow } from '../../src/submit/mf-link-row.ts';
import { post, verdict } from '../helpers/data.ts';
import { eventOf, find, mount, textOf, unmount } from '../helpers/render.ts';

const row = async (entry: LinkEntry, href = ''): Promise<MfLinkRow> =>
  mount<MfLinkRow>(html`<mf-link-row .entry=${entry} .href=${href}></mf-link-row>`);
const url = 'https://www.youtube.com/watch?v=4aF9yQm2Lz0';

describe('mf-link-row', () => {
  afterEach(unmount);

  it('reading is a trip in its first stage', async () => {
    const element = await row({ url, state: 'reading' });
    assert.exists(find(element, 'mf-trip').shadowRoot?.querySelector('.sweep'));
    assert.include(textOf(element), 'Reading the link');
  });

  it('ready names platform and kind', async () => {
    assert.include(
      textOf(await row({ url, state: 'ready', verdict: verdict({ platform: 'x', kind: 'profile' }) })),
      'X · profile',
    );
  });

  it('a YouTube page of unknown kind says that only a Short is saved', async () => {
    const element = await row({ url, state: 'ready', verdict: verdict({ platform: 'youtube', certain: false }) });
    assert.include(textOf(element), 'saved if it turns out to be a Short');
  });

  it('one that is there already leads to it', async () => {
    const element = await row({ url, state: 'have', verdict: verdict({ existing: post() }) }, '/m/p1');
    assert.include(textOf(element), 'You already have this one.');
    assert.equal(find<HTMLAnchorElement>(element, 'a').pathname, '/m/p1');
  });

  it('a regular YouTube video is refused in words', async () => {
    const element = await row({ url, state: 'refused', error: { code: 'MF_ERR_URL_NOT_A_SHORT', message: '' } });
    assert.equal(
      find(element, '[role=alert]').querySelector('p')?.textContent.trim(),
      'That is a regular YouTube video',
    );
    assert.include(textOf(element), 'MediaFetcher saves Shorts only.');
    assert.include(textOf(element), 'youtube.com/watch?v=4aF9yQm2Lz0');
  });

  it('an unknown site is named', async () => {
    const element = await row({
      url: 'https://www.pinterest.com/pin/1',
      state: 'refused',
      error: { code: 'MF_ERR_URL_UNSUPPORTED', message: '' },
    });
    assert.include(textOf(element), 'Nothing here can read pinterest.com yet');
  });

  it('a code without words keeps the server’s sentence', async () => {
    const element = await row({ url, state: 'failed', error: { code: 'MF_ERR_NEW', message: 'The moon is full.' } });
    assert.include(textOf(element), 'The moon is full.');
  });

  it('its cross takes it out', async () => {
    const element = await row({ url, state: 'ready', verdict: verdict() });
    const removed = eventOf<string>(element, 'mf-remove');
    find<HTMLButtonElement>(element, 'button').click();
    assert.equal((await removed).detail, url);
  });
});
