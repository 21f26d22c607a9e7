import { assert } from 'chai';
import { html } from 'lit';
import '../../src/elements/mf-dialog.ts';
import type { MfDialog } from '../../src/elements/mf-dialog.ts';
import '../../src/select/mf-folder-picker.ts';
import type { FolderToggle, MfFolderPicker } from '../../src/select/mf-folder-picker.ts';
import '../../src/select/mf-tag-picker.ts';
import type { MfTagPicker, TagToggle } from '../../src/select/mf-tag-picker.ts';
import { folder, post } from '../helpers/data.ts';
import { eventOf, find, mount, textOf, unmount, until } from '../helpers/render.ts';
import { FakeServices, mountIn } from '../helpers/services.ts';

const FOLDERS = [folder({ id: 'r', name: 'Recipes' }), folder({ id: 's', name: 'Sunday dinners', parentId: 'r' })];

describe('mf-folder-picker', () => {
  afterEach(unmount);
  const picker = async (): Promise<MfFolderPicker> =>
    mount<MfFolderPicker>(
      html`<mf-folder-picker
        .folders=${FOLDERS}
        .posts=${[post({ folderIds: ['r', 's'] }), post({ folderIds: ['r'] })]}
      ></mf-folder-picker>`,
    );
  const type = async (element: MfFolderPicker, text: string): Promise<HTMLInputElement> => {
    const field = find<HTMLInputElement>(element, 'input');
    field.value = text;
    field.dispatchEvent(new InputEvent('input'));
    await element.updateComplete;
    return field;
  };

  it('each folder is on, off or mixed', async () => {
    const element = await picker();
    const ticks = [...element.renderRoot.querySelectorAll('[role=checkbox]')].map(({ ariaChecked }) => ariaChecked);
    assert.deepEqual(ticks, ['true', 'mixed']);
    assert.include(textOf(element), '1 of 2 are in it');
  });

  it('a press on a mixed one puts all in, on a full one takes all out', async () => {
    const element = await picker();
    for (const [index, on] of [
      [1, true],
      [0, false],
    ] as const) {
      const toggled = eventOf<FolderToggle>(element, 'mf-toggle');
      element.renderRoot.querySelectorAll<HTMLElement>('[role=checkbox]')[index]?.click();
      assert.equal((await toggled).detail.on, on);
    }
  });

  it('what is typed finds one, and what is not there can be made', async () => {
    const element = await picker();
    await type(element, 'sun');
    assert.equal(element.renderRoot.querySelectorAll('[role=checkbox]').length, 1);
    const field = await type(element, 'Baking');
    const made = eventOf<string>(element, 'mf-create');
    field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter' }));
    assert.equal((await made).detail, 'Baking');
  });
});

it('what only finds a folder or a tag is no loss: the sheet asks nothing', async () => {
  for (const picker of [
    html`<mf-folder-picker .folders=${FOLDERS}></mf-folder-picker>`,
    html`<mf-tag-picker></mf-tag-picker>`,
  ]) {
    const services = new FakeServices({ Tags: () => ({ tags: [] }) });
    const sheet = await mountIn<MfDialog>(services, html`<mf-dialog>${picker}</mf-dialog>`);
    const element = sheet.firstElementChild as MfFolderPicker | MfTagPicker; // One of both is in it.
    await element.updateComplete;
    const field = find<HTMLInputElement>(element, 'input');
    field.value = 'sun';
    field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
    const closing = eventOf(sheet, 'mf-close');
    find(sheet, 'dialog').dispatchEvent(new Event('cancel', { cancelable: true }));
    await closing;
  }
  unmount();
});

describe('mf-tag-picker', () => {
  afterEach(unmount);

  it('offers what begins so, ticks what the posts have, makes what is new', async () => {
    const services = new FakeServices({ Tags: () => ({ tags: [{ name: 'Cats', count: 8 }] }) });
    const element = await mountIn<MfTagPicker>(
      services,
      html`<mf-tag-picker .posts=${[post({ tags: ['cats', 'own'] })]}></mf-tag-picker>`,
    );
    await until(() => textOf(element).includes('Cats'));
    const ticks = [...element.renderRoot.querySelectorAll('[role=checkbox]')];
    assert.deepEqual(
      ticks.map((tick) => [textOf(tick), tick.ariaChecked]),
      [
        ['own', 'true'],
        ['Cats 8', 'true'],
      ],
    );
    const field = find<HTMLInputElement>(element, 'input');
    field.value = '#ramen';
    field.dispatchEvent(new InputEvent('input'));
    const toggled = eventOf<TagToggle>(element, 'mf-toggle');
    field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter' }));
    assert.deepEqual((await toggled).detail, { tag: 'ramen', on: true });
  });
});
