import { assert } from 'chai';
import { html } from 'lit';
import '../../src/home/mf-omnibox.ts';
import type { MfOmnibox } from '../../src/home/mf-omnibox.ts';
import { eventOf, find, mount, textOf, unmount } from '../helpers/render.ts';

const type = async (box: MfOmnibox, text: string): Promise<void> => {
  const input = find<HTMLInputElement>(box, 'input');
  input.value = text;
  input.dispatchEvent(new InputEvent('input'));
  await box.updateComplete;
};

describe('mf-omnibox', () => {
  afterEach(unmount);

  it('text searches, after a short rest', async () => {
    const box = await mount<MfOmnibox>(html`<mf-omnibox></mf-omnibox>`);
    const searched = eventOf<string>(box, 'mf-search');
    await type(box, 'noodles ');
    assert.equal((await searched).detail, 'noodles');
  });

  it('a link shows its platform in place of the lens, and Enter saves it', async () => {
    const box = await mount<MfOmnibox>(html`<mf-omnibox></mf-omnibox>`);
    await type(box, 'https://vm.tiktok.com/ZGdkX9pQ2/');
    assert.exists(box.renderRoot.querySelector('.pf-tiktok'));
    assert.include(textOf(box), 'TikTok link.');
    const saved = eventOf<string>(box, 'mf-links');
    find<HTMLFormElement>(box, 'form').requestSubmit();
    assert.equal((await saved).detail, 'https://vm.tiktok.com/ZGdkX9pQ2/');
    await box.updateComplete;
    assert.equal(find<HTMLInputElement>(box, 'input').value, '');
  });

  it('a pasted list of links is saved as a list', async () => {
    const box = await mount<MfOmnibox>(html`<mf-omnibox></mf-omnibox>`);
    const saved = eventOf<string>(box, 'mf-links');
    const clipboardData = new DataTransfer();
    clipboardData.setData('text', 'https://x.com/a/status/1\nhttps://x.com/a/status/2\n');
    find(box, 'input').dispatchEvent(new ClipboardEvent('paste', { clipboardData, cancelable: true }));
    assert.match((await saved).detail, /1\nhttps.*2/);
  });

  it('shows the search of the address', async () => {
    const box = await mount<MfOmnibox>(html`<mf-omnibox .value=${'cat'}></mf-omnibox>`);
    assert.equal(find<HTMLInputElement>(box, 'input').value, 'cat');
    box.value = '';
    await box.updateComplete;
    assert.equal(find<HTMLInputElement>(box, 'input').value, '');
  });

  it('Escape empties it and ends the search', async () => {
    const box = await mount<MfOmnibox>(html`<mf-omnibox .value=${'cat'}></mf-omnibox>`);
    const searched = eventOf<string>(box, 'mf-search');
    find(box, 'input').dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    assert.equal((await searched).detail, '');
  });
});
