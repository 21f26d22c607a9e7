import { assert } from 'chai';
import { html } from 'lit';
import '../../src/submit/mf-submit.ts';
import type { MfSubmit } from '../../src/submit/mf-submit.ts';
import { find, textOf, unmount, until } from '../helpers/render.ts';
import { FakeServices, mountIn } from '../helpers/services.ts';

const verdict = { kind: 'post', certain: true, connector: 'x-twmd', platform: 'x', key: null, existing: null };

describe('mf-submit', () => {
  afterEach(unmount);

  it('takes a hundred of five thousand links, and says how many it left out', async () => {
    const services = new FakeServices({ Link: ({ url }) => ({ link: { ...verdict, url } }) });
    const text = Array.from({ length: 5000 }, (_item, n) => `https://x.com/a/status/${n}`).join('\n');
    const form = await mountIn<MfSubmit>(services, html`<mf-submit .text=${text}></mf-submit>`);
    await until(() => form.renderRoot.querySelectorAll('mf-link-row').length > 0);
    assert.equal(form.renderRoot.querySelectorAll('mf-link-row').length, 100);
    assert.match(textOf(find(form, '[role=alert]')), /4[,.\s]?900 more were left out/);
    assert.equal(services.of('Link').length, 100);
  });
});
