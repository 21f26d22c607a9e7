import { assert } from 'chai';
import { html } from 'lit';
import { takeLinks } from '../../src/submit/kept-links.ts';
import '../../src/submit/mf-submit.ts';
import type { MfSubmit } from '../../src/submit/mf-submit.ts';
import type { MfLinkRow } from '../../src/submit/mf-link-row.ts';
import type { Filing, MfSubmitFiling } from '../../src/submit/mf-submit-filing.ts';
import { folder, job } from '../helpers/data.ts';
import { eventOf, find, textOf, unmount, until } from '../helpers/render.ts';
import { FakeServices, mountIn } from '../helpers/services.ts';

const verdict = { kind: 'post', certain: true, connector: 'x-twmd', platform: 'x', key: null, existing: null };

describe('mf-submit', () => {
  afterEach(() => {
    unmount();
    takeLinks('');
  });

  it('takes a hundred of five thousand links, and says how many it left out', async () => {
    const services = new FakeServices({ Link: ({ url }) => ({ link: { ...verdict, url } }) });
    const text = Array.from({ length: 5000 }, (_item, n) => `https://x.com/a/status/${n}`).join('\n');
    const form = await mountIn<MfSubmit>(services, html`<mf-submit .text=${text}></mf-submit>`);
    await until(() => form.renderRoot.querySelectorAll('mf-link-row').length > 0);
    assert.equal(form.renderRoot.querySelectorAll('mf-link-row').length, 100);
    assert.match(textOf(find(form, '[role=alert]')), /4[,.\s]?900 more were left out/);
    assert.equal(services.of('Link').length, 100);
  });

  it('offers own folders, and those of others that one may add to', async () => {
    const services = new FakeServices({ Link: ({ url }) => ({ link: { ...verdict, url } }) });
    services.folders.state = 'ready';
    services.folders.list = [folder({ name: 'Mine' })];
    services.folders.shared = [
      folder({ name: 'To look at', right: 'read' }),
      folder({ name: 'To fill', right: 'add', id: 'theirs' }),
    ];
    const form = await mountIn<MfSubmit>(services, html`<mf-submit .text=${'https://x.com/a/status/1'}></mf-submit>`);
    await until(() => form.renderRoot.querySelector('mf-submit-filing') !== null);
    const filing = find<MfSubmitFiling>(form, 'mf-submit-filing');
    await filing.updateComplete;
    const select = find<HTMLSelectElement>(filing, 'select');
    assert.deepEqual(
      [...select.options].map(({ text }) => text),
      ['Inbox', 'Mine', 'To fill'],
    );
    const told = eventOf<Filing>(filing, 'mf-file');
    select.value = 'theirs';
    select.dispatchEvent(new Event('change'));
    assert.deepEqual((await told).detail, { folder: 'theirs' });
  });

  it('a link that the server fails to judge can be sent all the same', async () => {
    const services = new FakeServices();
    const form = await mountIn<MfSubmit>(services, html`<mf-submit .text=${'https://x.com/a/status/1'}></mf-submit>`);
    await until(() => textOf(form).includes('is checked when the server is back'));
    assert.equal(find<HTMLButtonElement>(form, '.btn.main').disabled, false);
    find<HTMLButtonElement>(form, '.btn.main').click();
    await until(() => services.of('Submit').length > 0);
    await until(() => textOf(form).includes('The server made a mistake'));
    assert.equal(find<HTMLButtonElement>(form, '.btn.main').disabled, false, 'and again');
  });

  it('closed by mistake it keeps its links for the same person, closed on purpose it does not', async () => {
    const services = new FakeServices({ Link: ({ url }) => ({ link: { ...verdict, url } }) });
    const rows = async (userId: string, text = ''): Promise<{ form: MfSubmit; urls: (string | undefined)[] }> => {
      services.session.user = { id: userId, username: userId, role: 'user' };
      const form = await mountIn<MfSubmit>(services, html`<mf-submit .text=${text}></mf-submit>`);
      await form.updateComplete;
      return { form, urls: [...form.renderRoot.querySelectorAll('mf-link-row')].map(({ entry }) => entry?.url) };
    };
    const leave = (form: MfSubmit, careless: boolean): void => {
      find(form, 'mf-dialog').dispatchEvent(new CustomEvent('mf-close', { detail: { careless }, bubbles: true }));
      form.remove();
    };
    const link = 'https://x.com/a/status/1';

    leave((await rows('noor', link)).form, true);
    const again = await rows('noor');
    assert.deepEqual(again.urls, [link]);
    leave(again.form, false);
    assert.deepEqual((await rows('noor')).urls, []);

    leave((await rows('noor', link)).form, true);
    assert.deepEqual((await rows('sam')).urls, []);
    assert.deepEqual((await rows('noor')).urls, []);

    // The phone's Back takes it away without a word.
    const back = await rows('noor', link);
    find<HTMLInputElement>(back.form, '.pastebox input').value = 'https://x.com/a/status/2';
    back.form.remove();
    const { form, urls } = await rows('noor');
    assert.deepEqual(urls, [link, 'https://x.com/a/status/2']);
    find(form, '.pastebox .icb').click();
    form.remove();
    assert.deepEqual((await rows('noor')).urls, []);
  });

  it('what was chosen for a link, and where it goes, is kept with it', async () => {
    const schema = { properties: { quality: { enum: ['best', 'small'], default: 'best' } } };
    const services = new FakeServices({
      Link: ({ url }) => ({ link: { ...verdict, url, supported: true } }),
      Options: () => ({ platforms: [{ id: 'x', options: schema }] }),
      Submit: ({ url }) => ({ submitDownload: { existing: false, download: job({ url: String(url) }) } }),
    });
    services.folders.state = 'ready';
    services.folders.list = [folder({ name: 'Mine', id: 'mine' })];
    const url = 'https://x.com/a/status/1';
    const first = await mountIn<MfSubmit>(services, html`<mf-submit .text=${url}></mf-submit>`);
    const detail = { url, chosen: { quality: 'small' } };
    find(first, 'mf-link-row').dispatchEvent(new CustomEvent('mf-choose', { detail, bubbles: true }));
    const filed = { detail: { folder: 'mine', tags: ['cats', 'sea'] } };
    find(first, 'mf-submit-filing').dispatchEvent(new CustomEvent('mf-file', filed));
    first.remove();

    const again = await mountIn<MfSubmit>(services, html`<mf-submit></mf-submit>`);
    await until(() => again.renderRoot.querySelector('mf-submit-filing') !== null);
    const filing = find<MfSubmitFiling>(again, 'mf-submit-filing');
    await filing.updateComplete;
    assert.equal(find<HTMLSelectElement>(filing, 'select').value, 'mine');
    assert.equal(find<HTMLInputElement>(filing, 'input').value, 'cats, sea');
    const row = find<MfLinkRow>(again, 'mf-link-row');
    await until(() => row.entry?.state === 'ready' && row.fields.length > 0);
    find<HTMLButtonElement>(again, '.btn.main').click();
    await until(() => services.of('Submit').length > 0);
    assert.deepEqual(services.of('Submit'), [
      { url, options: { quality: 'small' }, folder: 'mine', tags: ['cats', 'sea'] },
    ]);
  });

  it('what is refused after it was closed while sending is kept, and told', async () => {
    let refuse: (() => void) | undefined;
    const services = new FakeServices({
      Link: ({ url }) => ({ link: { ...verdict, url, supported: true } }),
      Submit: async () => new Promise((_resolve, reject) => (refuse = () => reject(new Error('no')))),
    });
    const url = 'https://x.com/a/status/1';
    const form = await mountIn<MfSubmit>(services, html`<mf-submit .text=${url}></mf-submit>`);
    await until(() => !find<HTMLButtonElement>(form, '.btn.main').disabled);
    find<HTMLButtonElement>(form, '.btn.main').click();
    await until(() => refuse !== undefined);
    find<HTMLInputElement>(form, '.pastebox input').value = 'https://x.com/a/status/2';
    form.remove();
    const told = new Set<string>();
    services.toasts.watch(() => services.toasts.list.forEach(({ text }) => told.add(text)));
    refuse?.();
    await until(() => told.size > 0);
    assert.match([...told].join(), /was refused/);
    const again = await mountIn<MfSubmit>(services, html`<mf-submit></mf-submit>`);
    await until(() => again.renderRoot.querySelectorAll('mf-link-row').length === 2);
    assert.deepEqual(
      [...again.renderRoot.querySelectorAll('mf-link-row')].map(({ entry }) => entry?.url),
      [url, 'https://x.com/a/status/2'],
    );
  });

  it('links that are still being read when all are sent off follow, and what cannot be read stays in sight', async () => {
    let answer: (() => void) | undefined;
    const services = new FakeServices({
      Link: async ({ url }) => {
        const n = Number(/(\d)$/.exec(String(url))?.[1]);
        if (n > 1) await new Promise<void>((resolve) => (answer = chain(answer, resolve)));
        return { link: { ...verdict, url, supported: n < 3, code: 'MF_ERR_URL_UNSUPPORTED', message: 'not this one' } };
      },
      Submit: ({ url }) => ({ submitDownload: { existing: false, download: job({ url: String(url) }) } }),
    });
    const text = [1, 2, 3].map((n) => `https://x.com/a/status/${n}`).join('\n');
    const form = await mountIn<MfSubmit>(services, html`<mf-submit .text=${text}></mf-submit>`);
    let closed = 0;
    form.addEventListener('mf-close', () => (closed += 1));
    await until(() => !find<HTMLButtonElement>(form, '.btn.main').disabled && answer !== undefined);
    find<HTMLButtonElement>(form, '.btn.main').click();
    await until(() => services.of('Submit').length === 1);
    assert.equal(closed, 0);
    answer?.();
    await until(() => services.of('Submit').length === 2);
    await until(
      () => textOf(form).includes('not this one') || form.renderRoot.querySelectorAll('mf-link-row').length === 1,
    );
    assert.equal(closed, 0, 'one was refused');
    assert.equal(form.renderRoot.querySelectorAll('mf-link-row').length, 1);
  });
});

/** Runs both. */
const chain = (first: (() => void) | undefined, second: () => void) => (): void => {
  first?.();
  second();
};
