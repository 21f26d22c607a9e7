import { assert } from 'chai';
import { html } from 'lit';
import '../../src/submit/mf-options.ts';
import type { MfOptions } from '../../src/submit/mf-options.ts';
import '../../src/submit/mf-link-row.ts';
import type { MfLinkRow } from '../../src/submit/mf-link-row.ts';
import '../../src/submit/mf-submit.ts';
import type { MfSubmit } from '../../src/submit/mf-submit.ts';
import type { MfSubmitFiling } from '../../src/submit/mf-submit-filing.ts';
import { chosenOptions, readOptionFields, readTags } from '../../src/submit/options.rules.ts';
import { folder, job, verdict } from '../helpers/data.ts';
import { eventOf, find, mount, textOf, unmount } from '../helpers/render.ts';
import { FakeServices, mountIn } from '../helpers/services.ts';

const SCHEMA = {
  type: 'object',
  properties: {
    audioOnly: { type: 'boolean', title: 'Sound only', default: false },
    items: { type: 'string', title: 'Items', pattern: '^[0-9]+$', appliesTo: ['post'] },
    maxResolution: { type: 'integer', enum: [1080, 720] },
    count: { type: 'integer', default: 50, minimum: 1, maximum: 3000, appliesTo: ['profile', 'listing'] },
    media: { type: 'string', enum: ['all', 'images'], default: 'all' },
    weights: { type: 'object' },
  },
};

describe('options of a download', () => {
  afterEach(unmount);

  it('are drawn from the schema, for the kind of the address', () => {
    const names = (kind: string): string[] =>
      readOptionFields(SCHEMA, kind).map((field) => `${field.name}:${field.kind}`);
    const rest = ['maxResolution:choice', 'media:choice'];
    assert.deepEqual(names('post'), ['audioOnly:switch', 'items:text', ...rest]);
    assert.deepEqual(names('share'), names('post'));
    assert.deepEqual(names('profile'), ['audioOnly:switch', 'maxResolution:choice', 'count:number', 'media:choice']);
    assert.deepEqual(readOptionFields(undefined, 'post'), []);
  });

  it('only what differs from the default is sent', () => {
    const fields = readOptionFields(SCHEMA, 'profile');
    assert.deepEqual(chosenOptions(fields, { audioOnly: true, count: 50, media: 'images', maxResolution: undefined }), {
      audioOnly: true,
      media: 'images',
    });
    assert.deepEqual(chosenOptions(fields, { items: '1' }), {}, 'what the address has not');
  });

  it('tags are read as they are typed', () => {
    assert.deepEqual(readTags(' #soup, winter ,, soup '), ['soup', 'winter']);
  });

  it('a number stays in its bounds', async () => {
    const form = await mount<MfOptions>(html`<mf-options .fields=${readOptionFields(SCHEMA, 'profile')}></mf-options>`);
    const input = find<HTMLInputElement>(form, '[name="count"]');
    assert.equal(input.value, '50');
    input.value = '99999';
    const told = eventOf<{ name: string; value: unknown }>(form, 'mf-option');
    input.dispatchEvent(new Event('change'));
    assert.deepEqual((await told).detail, { name: 'count', value: 3000 });
    assert.include(textOf(form), 'Number of posts');
  });

  it('are sent with the link, with the folder and the tags', async () => {
    const services = new FakeServices({
      Link: ({ url }) => ({ link: verdict({ input: String(url), platform: 'x', kind: 'profile', key: null }) }),
      Options: () => ({ platforms: [{ id: 'x', options: SCHEMA }] }),
      Submit: () => ({ submitDownload: { jobId: 'j', existing: false, download: job() } }),
      ActiveDownloads: () => ({
        running: { items: [] },
        waiting: { items: [], nextCursor: null },
        failed: { items: [] },
        downloadCounts: { queued: 0, running: 0, paused: 0, failed: 0, completed: 0 },
      }),
    });
    const soups = folder({ name: 'Soups' });
    services.folders.list = [soups];
    services.folders.state = 'ready';
    const dialog = await mountIn<MfSubmit>(services, html`<mf-submit .text=${'https://x.com/maker'}></mf-submit>`);
    const until = async <Found>(look: () => Found | null | undefined): Promise<Found> => {
      for (;;) {
        const found = look();
        if (found) return found;
        await new Promise(requestAnimationFrame);
      }
    };
    const row = find<MfLinkRow>(dialog, 'mf-link-row');
    (await until(() => row.renderRoot.querySelector<HTMLButtonElement>('.options'))).click();
    const form = await until(() => row.renderRoot.querySelector<MfOptions>('mf-options'));
    const audio = await until(() => form.renderRoot.querySelector<HTMLInputElement>('[name="audioOnly"]'));
    audio.click();
    const choice = find<HTMLSelectElement>(find<MfSubmitFiling>(dialog, 'mf-submit-filing'), 'select');
    choice.value = soups.id;
    choice.dispatchEvent(new Event('change'));
    const tags = find<HTMLInputElement>(find<MfSubmitFiling>(dialog, 'mf-submit-filing'), 'input');
    tags.value = 'a, #b';
    tags.dispatchEvent(new Event('input'));
    await dialog.updateComplete;
    find(dialog, '.foot .main').click();
    const [sent] = await until(() => (services.of('Submit').length > 0 ? services.of('Submit') : undefined));
    assert.deepEqual(sent, {
      url: 'https://x.com/maker',
      options: { audioOnly: true },
      folder: soups.id,
      tags: ['a', 'b'],
    });
  });
});
