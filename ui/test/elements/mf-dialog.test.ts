import { assert } from 'chai';
import { html } from 'lit';
import '../../src/elements/mf-dialog.ts';
import type { MfDialog } from '../../src/elements/mf-dialog.ts';
import { eventOf, find, mount, unmount } from '../helpers/render.ts';

describe('mf-dialog', () => {
  let opener: HTMLButtonElement;
  beforeEach(() => {
    opener = document.createElement('button');
    document.body.append(opener);
    opener.focus();
  });
  afterEach(() => {
    unmount();
    opener.remove();
  });

  it('is modal and named', async () => {
    const dialog = await mount<MfDialog>(html`<mf-dialog label="Save a link"><button>Go</button></mf-dialog>`);
    const native = find<HTMLDialogElement>(dialog, 'dialog');
    assert.equal(native.matches(':modal'), true);
    assert.equal(native.ariaLabel, 'Save a link');
  });

  it('takes the focus in and gives it back to what opened it', async () => {
    const dialog = await mount<MfDialog>(html`<mf-dialog label="x"><button>Go</button></mf-dialog>`);
    assert.equal(dialog.contains(document.activeElement), true);
    dialog.remove();
    assert.equal(document.activeElement, opener);
  });

  it('asks to be closed by Escape, and keeps keys from the page', async () => {
    const dialog = await mount<MfDialog>(html`<mf-dialog label="x"><button>Go</button></mf-dialog>`);
    let heard = false;
    const hear = (): void => {
      heard = true;
    };
    window.addEventListener('keydown', hear);
    dialog
      .querySelector('button')
      ?.dispatchEvent(new KeyboardEvent('keydown', { key: 'g', bubbles: true, composed: true }));
    window.removeEventListener('keydown', hear);
    assert.equal(heard, false);
    const closing = eventOf(dialog, 'mf-close');
    find(dialog, 'dialog').dispatchEvent(new Event('cancel', { cancelable: true }));
    await closing;
  });
});
