import { assert } from 'chai';
import { html } from 'lit';
import '../../src/elements/mf-pull.ts';
import type { MfPull } from '../../src/elements/mf-pull.ts';
import { drag } from '../helpers/fingers.ts';
import { find, textOf, unmount, until } from '../helpers/render.ts';
import { FakeServices, mountIn } from '../helpers/services.ts';

const FAR = [[0, 40], [2, 140]] as const; // prettier-ignore

describe('mf-pull', () => {
  afterEach(() => {
    unmount();
    window.scrollTo(0, 0);
  });

  /** Pages that are read when it is said so. */
  const mounted = async () => {
    const services = new FakeServices();
    const runs: ((answered: boolean) => void)[] = [];
    const run = async (): Promise<boolean> => new Promise((resolve) => runs.push(resolve));
    const main = await mountIn<MfPull>(
      services,
      html`<main style="min-block-size: 300vh">
        <mf-pull .run=${run}></mf-pull>
        <p style="block-size: 300px">Posts</p>
      </main>`,
    );
    const [pull, page] = [main.querySelector('mf-pull'), main.querySelector('p')];
    if (!pull || !page) throw new Error('not drawn');
    await pull.updateComplete;
    return { services, runs, pull, page };
  };

  it('reads again when the page is pulled down from its top, and says so', async () => {
    const { services, runs, pull, page } = await mounted();
    const moves = drag(page, FAR);
    assert.deepEqual(
      moves.map(({ defaultPrevented }) => defaultPrevented),
      [true, true],
    );
    assert.equal(runs.length, 1);
    assert.equal(services.toasts.spoken, 'Refreshing…');
    await pull.updateComplete;
    assert.include(textOf(find(pull, '.sign')), 'Refreshing');
    runs[0]?.(true);
    await until(() => services.toasts.spoken === 'Up to date.');
    await pull.updateComplete;
    assert.equal(find(pull, '.sign').hidden, true);
  });

  it('says that what is shown is from before when nothing answers', async () => {
    const { services, runs, page } = await mounted();
    drag(page, FAR);
    runs[0]?.(false);
    await until(() => services.toasts.list.length === 1);
    assert.include(services.toasts.list[0]?.text, 'Can’t reach the server');
  });

  it('reads once, however often it is pulled meanwhile', async () => {
    const { services, runs, page } = await mounted();
    for (let times = 0; times < 3; times += 1) drag(page, FAR);
    assert.equal(runs.length, 1);
    runs[0]?.(true);
    await until(() => services.toasts.spoken === 'Up to date.');
    drag(page, FAR);
    assert.equal(runs.length, 2);
  });

  it('says on the way what letting go would do', async () => {
    const { runs, pull, page } = await mounted();
    drag(page, [[0, 40], [0, 60]], { stays: true }); // prettier-ignore
    await pull.updateComplete;
    assert.include(textOf(find(pull, '.sign')), 'Pull to refresh');
    drag(page, FAR, { stays: true });
    await pull.updateComplete;
    assert.include(textOf(find(pull, '.sign')), 'Let go to refresh');
    assert.equal(runs.length, 0);
  });

  for (const [title, steps] of [
    [
      'a short pull',
      [
        [0, 40],
        [0, 100],
      ],
    ],
    [
      'a push up',
      [
        [0, -40],
        [0, -200],
      ],
    ],
    [
      'a slanted one',
      [
        [40, 40],
        [150, 160],
      ],
    ],
    [
      'one that goes back',
      [
        [0, 160],
        [0, 20],
      ],
    ],
  ] as const)
    // prettier-ignore
    it(`${title} does nothing`, async () => {
      const { runs, page } = await mounted();
      drag(page, steps);
      assert.equal(runs.length, 0);
    });

  it('leaves a page alone that is scrolled, and what somebody nearer has taken', async () => {
    const { runs, page } = await mounted();
    page.addEventListener('touchmove', (event) => event.preventDefault(), { once: true });
    drag(page, FAR);
    assert.equal(runs.length, 0);
    window.scrollTo(0, 50);
    assert.deepEqual(
      drag(page, FAR).map(({ defaultPrevented }) => defaultPrevented),
      [false, false],
    );
    assert.equal(runs.length, 0);
  });

  it('has a button, and keeps the browser from reloading by the same pull', async () => {
    const { runs, pull } = await mounted();
    find(pull, 'button').click();
    assert.equal(runs.length, 1);
    assert.equal(document.documentElement.classList.contains('pulls'), true);
    pull.remove();
    assert.equal(document.documentElement.classList.contains('pulls'), false);
  });
});
