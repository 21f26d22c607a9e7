import { assert } from 'chai';
import { html } from 'lit';
import type { Post } from '../../src/api/types.ts';
import '../../src/viewer/mf-own-words.ts';
import type { MfOwnWords } from '../../src/viewer/mf-own-words.ts';
import { post } from '../helpers/data.ts';
import { eventOf, find, textOf, unmount, until } from '../helpers/render.ts';
import { FakeServices, mountIn } from '../helpers/services.ts';

const words = async (services: FakeServices, value: Post): Promise<MfOwnWords> =>
  mountIn<MfOwnWords>(services, html`<mf-own-words .post=${value}></mf-own-words>`);
const type = (element: MfOwnWords, selector: string, text: string): void => {
  const field = find<HTMLInputElement | HTMLTextAreaElement>(element, selector);
  field.value = text;
  field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
};

describe('mf-own-words', () => {
  afterEach(unmount);

  it('saves a title and a note, and shows the note', async () => {
    const value = post();
    const services = new FakeServices({
      Organize: ({ words: said }) => ({ organizePost: { ...value, note: (said as { note: string }).note } }),
    });
    const element = await words(services, value);
    await element.edit();
    type(element, 'input', 'Mine');
    type(element, 'textarea', 'For Sunday');
    const saved = eventOf<Post>(element, 'mf-post');
    find(element, 'form').dispatchEvent(new SubmitEvent('submit', { cancelable: true }));
    element.post = (await saved).detail;
    await until(() => textOf(element).includes('For Sunday'));
    assert.deepEqual(services.of('Organize'), [{ id: value.id, words: { title: 'Mine', note: 'For Sunday' } }]);
    assert.equal(element.renderRoot.querySelector('form'), null);
  });

  it('what was typed is there after a refusal, and after a look at another post', async () => {
    const value = post();
    const element = await words(new FakeServices(), value);
    await element.edit();
    type(element, 'textarea', 'Not lost');
    find(element, 'form').dispatchEvent(new SubmitEvent('submit', { cancelable: true }));
    await until(() => element.renderRoot.querySelector('[role=alert]') !== null);
    assert.equal(find<HTMLTextAreaElement>(element, 'textarea').value, 'Not lost');
    element.post = post();
    await element.updateComplete;
    assert.equal(element.renderRoot.querySelector('form'), null);
    element.post = value;
    await element.updateComplete;
    assert.equal(find<HTMLTextAreaElement>(element, 'textarea').value, 'Not lost');
  });

  it('a post of somebody else takes none', async () => {
    assert.equal(textOf(await words(new FakeServices(), post({ foreign: true }))), '');
  });
});
