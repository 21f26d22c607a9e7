import { assert } from 'chai';
import { html } from 'lit';
import type { TemplateResult } from 'lit';
import '../../src/elements/mf-dialog.ts';
import type { MfDialog } from '../../src/elements/mf-dialog.ts';
import { closesSheet, isOnHandle, parseTime } from '../../src/elements/sheet.rules.ts';
import { drag } from '../helpers/fingers.ts';
import { eventOf, find, mount, textOf, unmount, until } from '../helpers/render.ts';

describe('what letting go of a sheet does', () => {
  for (const [title, offset, speed, height, closes] of [
    ['far down', 170, 0, 600, true],
    ['almost far', 150, 0.1, 600, false],
    ['a large part of a low one', 90, 0, 200, true],
    ['a flick', 40, 0.8, 600, true],
    ['a twitch', 12, 2, 600, false],
    ['far down, and thrown back', 200, -0.9, 600, false],
  ] as const)
    it(`${title}: ${closes ? 'closes' : 'stays'}`, () => assert.equal(closesSheet(offset, speed, height), closes));

  it('is held by its top', () => assert.deepEqual([20, 72, 73, -4].map(isOnHandle), [true, true, false, false]));
});

describe('how long it takes', () => {
  for (const [css, ms] of [
    [' 360ms', 360],
    ['.36s', 360],
    ['1s', 1000],
    ['0ms', 0],
    ['', 0],
  ] as const)
    it(`"${css}" is ${ms} ms`, () => assert.equal(parseTime(css), ms));
});

describe('a sheet that a finger draws down', () => {
  const matchMedia = window.matchMedia.bind(window);
  let closings: (boolean | undefined)[];
  beforeEach(() => {
    // The tests' window is wide.
    window.matchMedia = (query) => (query.includes('699px') ? matchMedia('all') : matchMedia(query));
    closings = [];
  });
  afterEach(() => {
    unmount();
    window.matchMedia = matchMedia;
  });

  const open = async (content: TemplateResult, keeps = false) => {
    const sheet = await mount<MfDialog>(html`<mf-dialog label="Folder" ?keeps=${keeps}>${content}</mf-dialog>`);
    sheet.addEventListener('mf-close', (event) =>
      closings.push((event as CustomEvent<{ careless: boolean }>).detail.careless),
    );
    return sheet;
  };
  const down = (sheet: MfDialog, [from, to]: readonly [number, number], target: Element = find(sheet, 'dialog')) => {
    const { left, top } = find(sheet, 'dialog').getBoundingClientRect();
    const way = to - from;
    return drag(target, [[0, way / 2], [2, way]], { at: [left + 40, top + from] }); // prettier-ignore
  };
  const text = html`<h2>Move</h2>
    <p style="block-size: 400px">Where to?</p>`;

  it('closes', async () => {
    const sheet = await open(text);
    const closing = eventOf(sheet, 'mf-close');
    const moves = down(sheet, [20, 240]);
    await closing;
    assert.deepEqual(moves.map(({ defaultPrevented }) => defaultPrevented), [true, true]); // prettier-ignore
    assert.deepEqual(closings, [true]);
  });

  it('sinks, and stays down while it is closed, once; who does not close it gets it back', async () => {
    const setTimeout = window.setTimeout.bind(window);
    const later: (() => void)[] = [];
    // What it does after a second is done when the test says so.
    const held = (run: () => void, ms?: number): number => (ms === 1000 ? later.push(run) : setTimeout(run, ms));
    Object.assign(window, { setTimeout: held });
    try {
      const sheet = await open(text);
      sheet.style.setProperty('--mf-slow', '.02s'); // As a built app has it.
      const dialog = find(sheet, 'dialog');
      const press = () => dialog.dispatchEvent(new PointerEvent('pointerdown', { clientX: 1, clientY: 1 }));
      const closing = eventOf(sheet, 'mf-close');
      down(sheet, [20, 240]);
      const sinks = dialog
        .getAnimations()
        .find(({ id }) => id === 'sink')
        ?.effect?.getTiming();
      assert.equal(sinks?.duration, 10);
      await closing;
      await new Promise(requestAnimationFrame);
      await new Promise(requestAnimationFrame);
      assert.equal(getComputedStyle(dialog).translate, '0px 100%');
      press();
      assert.deepEqual(closings, [true]);
      later.splice(0).forEach((run) => run());
      assert.equal(dialog.style.translate, '');
      assert.equal(dialog.getAnimations().some(({ id }) => id === 'sink'), false); // prettier-ignore
      press();
      assert.deepEqual(closings, [true, true]);
    } finally {
      Object.assign(window, { setTimeout });
    }
  });

  it('closes by its heading as well, and stays where its content is touched', async () => {
    const sheet = await open(text);
    const [heading, content] = [sheet.querySelector('h2'), sheet.querySelector('p')];
    if (!heading || !content) throw new Error('not drawn');
    const moves = down(sheet, [200, 420], content);
    assert.deepEqual(moves.map(({ defaultPrevented }) => defaultPrevented), [false, false]); // prettier-ignore
    assert.deepEqual(closings, []);
    const closing = eventOf(sheet, 'mf-close');
    down(sheet, [30, 250], heading);
    await closing;
  });

  it('comes back after a short way, and is no handle while it is scrolled', async () => {
    const sheet = await open(html`<p style="block-size: 2000px">A lot</p>`);
    const dialog = find<HTMLDialogElement>(sheet, 'dialog');
    dialog.style.transition = 'none';
    drag(dialog, [[0, 40]], { at: [dialog.getBoundingClientRect().left + 40, dialog.getBoundingClientRect().top + 20], stays: true }); // prettier-ignore
    assert.equal(dialog.style.translate, '0px 40px');
    drag(dialog, [], { at: [0, 0] });
    assert.equal(dialog.style.translate, '');
    dialog.scrollTop = 30;
    down(sheet, [20, 400]);
    assert.equal(dialog.style.translate, '');
    assert.deepEqual(closings, []);
  });

  it('asks first when something was written', async () => {
    const sheet = await open(html`<label>Name <input /></label>`);
    const input = sheet.querySelector('input');
    if (!input) throw new Error('not drawn');
    input.value = 'Recipes';
    input.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
    down(sheet, [20, 300]);
    await sheet.updateComplete;
    assert.include(textOf(find(sheet, '.leave')), 'lose what you wrote');
    assert.deepEqual(closings, []);
    assert.equal(find(sheet, 'dialog').style.translate, '');
    find(sheet, '.leave .paper').click();
    await sheet.updateComplete;
    assert.notExists(sheet.renderRoot.querySelector('.leave'));
    down(sheet, [20, 300]);
    await sheet.updateComplete;
    find(sheet, '.leave .ghost').click();
    assert.deepEqual(closings, [false]);
  });

  it('a Back that the browser does not let it refuse leaves it open, and asks', async () => {
    const sheet = await open(html`<input />`);
    const input = sheet.querySelector('input');
    if (!input) throw new Error('not drawn');
    input.value = 'rec';
    input.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
    find<HTMLDialogElement>(sheet, 'dialog').close();
    await until(() => sheet.renderRoot.querySelector('.leave') !== null);
    assert.equal(find(sheet, 'dialog').matches(':modal'), true);
    assert.deepEqual(closings, []);
  });

  it('does not ask for what only finds something, nor where it is kept', async () => {
    for (const [field, keeps] of [
      [html`<input type="search" />`, false],
      [html`<input />`, true],
    ] as const) {
      // prettier-ignore
      const sheet = await open(field, keeps);
      const input = sheet.querySelector('input');
      if (!input) throw new Error('not drawn');
      input.value = 'rec';
      input.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
      const closing = eventOf(sheet, 'mf-close');
      down(sheet, [20, 300]);
      await closing;
    }
  });

  it("a press beside it and the phone's Back ask as well, Escape does not", async () => {
    const sheet = await open(html`<input />`);
    const input = sheet.querySelector('input');
    if (!input) throw new Error('not drawn');
    input.value = 'rec';
    input.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
    const back = (): unknown => find(sheet, 'dialog').dispatchEvent(new Event('cancel', { cancelable: true }));
    input.focus();
    back();
    await until(() => sheet.renderRoot.querySelector('.leave') !== null);
    back();
    await sheet.updateComplete;
    find(sheet, '.leave .paper').click();
    await sheet.updateComplete;
    assert.equal(document.activeElement === input, true, 'who stays goes on writing');
    find(sheet, 'dialog').dispatchEvent(new PointerEvent('pointerdown', { clientX: 1, clientY: 1, bubbles: true }));
    await until(() => sheet.renderRoot.querySelector('.leave') !== null);
    assert.deepEqual(closings, []);
    const key = { key: 'Escape', bubbles: true, composed: true };
    input.dispatchEvent(new KeyboardEvent('keydown', key));
    back();
    assert.deepEqual(closings, [false]);
    input.dispatchEvent(new KeyboardEvent('keyup', key));
    back();
    assert.deepEqual(closings, [false], 'the next Back is no Escape');
  });
});
