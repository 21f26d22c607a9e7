import { assert } from 'chai';
import { html, LitElement } from 'lit';
import { PickGestures } from '../../src/select/pick-gestures.ts';
import type { DroppedPosts } from '../../src/select/touch-drop.ts';
import { Selection } from '../../src/state/selection.ts';
import { find, mount, unmount, until } from '../helpers/render.ts';

/** A card, and a folder in a shadow of its own, as a tree's rows are. */
class MfTestShelf extends LitElement {
  protected override render() {
    return html`<p data-drop-folder="f1" style="block-size: 60px"><b>Recipes</b></p>`;
  }
}
customElements.define('mf-test-shelf', MfTestShelf);

class MfTestCards extends LitElement {
  selection = new Selection();

  constructor() {
    super();
    new PickGestures(this, {
      selection: () => this.selection,
      order: () => ['p1', 'p2'],
      postAt: (node) => (node instanceof HTMLElement ? node.dataset['post'] : undefined),
    });
  }

  protected override render() {
    // Found at a point only by this name.
    return html`<mf-card data-post="p1" style="display: block; block-size: 120px">A post</mf-card>
      <mf-card data-post="p2" style="display: block; block-size: 120px">Another</mf-card>
      <mf-test-shelf style="display: block"></mf-test-shelf>
      <div class="else" style="block-size: 60px">Nothing</div>`;
  }
}
customElements.define('mf-test-cards', MfTestCards);

describe('a finger that has picked cards', () => {
  afterEach(unmount);

  const held = async (pointerType = 'touch', selection = new Selection()) => {
    const cards = await mount<MfTestCards>(html`<mf-test-cards .selection=${selection}></mf-test-cards>`);
    const shelf = find<MfTestShelf>(cards, 'mf-test-shelf');
    await shelf.updateComplete;
    const dropped: DroppedPosts[] = [];
    cards.addEventListener('mf-drop-posts', (event) => dropped.push((event as CustomEvent<DroppedPosts>).detail));
    const card = find(cards, '[data-post]');
    const send = (type: string, over: Element): void => {
      const { left, top, height } = over.getBoundingClientRect();
      const at = { clientX: left + 30, clientY: top + height / 2 };
      card.dispatchEvent(new PointerEvent(type, { bubbles: true, composed: true, pointerType, ...at }));
    };
    send('pointerdown', card);
    // From then on the page does not scroll under it.
    const isHeld = (): boolean =>
      !card.dispatchEvent(new Event('touchmove', { bubbles: true, composed: true, cancelable: true }));
    if (pointerType === 'touch') await until(isHeld);
    return { cards, folder: find(shelf, 'p'), dropped, send };
  };

  it('takes them to the folder where it lets go, which shows that it would', async () => {
    const { folder, dropped, send } = await held();
    send('pointermove', folder);
    assert.equal(folder.hasAttribute('data-drop-over'), true);
    assert.deepEqual(dropped, []);
    send('pointerup', folder);
    assert.deepEqual(dropped, [{ folderId: 'f1', ids: ['p1'] }]);
    assert.equal(folder.hasAttribute('data-drop-over'), false);
  });

  it('takes what it took up, and no card that it crosses on the way', async () => {
    const { cards, folder, dropped, send } = await held();
    send('pointermove', find(cards, '[data-post="p2"]'));
    assert.deepEqual([...cards.selection.picked], ['p1', 'p2'], 'it may be drawing over them');
    send('pointermove', folder);
    send('pointerup', folder);
    assert.deepEqual(dropped, [{ folderId: 'f1', ids: ['p1'] }]);
    assert.deepEqual([...cards.selection.picked], ['p1']);
  });

  it('takes all that was picked before, and "everything" stays so', async () => {
    const before = new Selection();
    before.all(['p2'], true);
    const { cards, folder, dropped, send } = await held('touch', before);
    send('pointermove', folder);
    send('pointerup', folder);
    assert.deepEqual(dropped, [{ folderId: 'f1', ids: ['p2'] }]);
    assert.equal(cards.selection.everything, true);
  });

  it('files nothing where it lets go elsewhere, or is taken away', async () => {
    const { cards, folder, dropped, send } = await held();
    send('pointermove', folder);
    send('pointermove', find(cards, '.else'));
    assert.equal(folder.hasAttribute('data-drop-over'), false);
    send('pointerup', find(cards, '.else'));
    const again = await held();
    again.send('pointermove', again.folder);
    again.send('pointercancel', again.folder);
    assert.equal(again.folder.hasAttribute('data-drop-over'), false);
    assert.deepEqual([...dropped, ...again.dropped], []);
  });

  it('a mouse drags as it always did', async () => {
    const { folder, dropped, send } = await held('mouse');
    send('pointermove', folder);
    send('pointerup', folder);
    assert.deepEqual(dropped, []);
  });
});
