import { assert } from 'chai';
import { html, LitElement } from 'lit';
import { speedOf } from '../../src/elements/drag.rules.ts';
import { TouchDrag } from '../../src/elements/touch-drag.ts';
import { zoom } from '../helpers/fingers.ts';
import { mount, unmount } from '../helpers/render.ts';

describe('how fast a finger was at the end', () => {
  for (const [title, way, speed] of [
    ['no way', [], 0],
    ['one spot', [[40, 0]], 0],
    ['even', [[0, 0], [40, 40], [80, 80]], 1], // prettier-ignore
    ['slow first, then fast', [[0, 0], [10, 500], [60, 550]], 1], // prettier-ignore
    ['fast, and then at rest', [[0, 0], [80, 40], [80, 400]], 0], // prettier-ignore
    ['back', [[80, 0], [40, 80]], -0.5], // prettier-ignore
  ] as const)
    it(`${title}: ${speed}`, () => {
      const spots = way.map(([y, at]) => ({ x: 0, y, at }));
      assert.equal(speedOf('y', spots), speed);
    });
});

class MfTestDragged extends LitElement {
  readonly ends: (readonly [offset: number, speed: number])[] = [];

  constructor() {
    super();
    new TouchDrag(this, {
      axis: 'y',
      begins: () => true,
      takes: () => true,
      moved: () => undefined,
      ended: (...end) => this.ends.push(end),
      gave: () => undefined,
    });
  }
}
customElements.define('mf-test-dragged', MfTestDragged);

describe('a finger that drags', () => {
  afterEach(() => {
    unmount();
    zoom(undefined);
  });

  /** @param way - where it is and when; it lets go at the last spot */
  const drag = async (way: readonly (readonly [y: number, at: number])[]) => {
    const element = await mount<MfTestDragged>(html`<mf-test-dragged style="display: block">Me</mf-test-dragged>`);
    way.forEach(([clientY, timeStamp], n) => {
      const type = n === 0 ? 'touchstart' : n === way.length - 1 ? 'touchend' : 'touchmove';
      const touch = new Touch({ identifier: 1, target: element, clientX: 0, clientY });
      const touches = type === 'touchend' ? [] : [touch];
      const event = new TouchEvent(type, { bubbles: true, cancelable: true, touches, changedTouches: [touch] });
      Object.defineProperty(event, 'timeStamp', { value: timeStamp });
      element.dispatchEvent(event);
    });
    return element.ends;
  };

  it('flicks', async () => assert.deepEqual(await drag([[0, 0], [20, 20], [60, 60], [60, 60]]), [[60, 1]])); // prettier-ignore

  it('does not when it has stopped before it lets go', async () =>
    assert.deepEqual(await drag([[0, 0], [20, 20], [60, 60], [60, 500]]), [[60, 0]])); // prettier-ignore

  it('moves about in a page that fingers have made larger', async () => {
    zoom(2);
    assert.deepEqual(await drag([[0, 0], [20, 20], [60, 60], [60, 60]]), []); // prettier-ignore
    zoom(1);
    assert.equal((await drag([[0, 0], [20, 20], [60, 60], [60, 60]])).length, 1); // prettier-ignore
  });
});
