import { assert } from 'chai';
import { html } from 'lit';
import type { Post } from '../../src/api/types.ts';
import '../../src/viewer/mf-details.ts';
import type { MfDetails } from '../../src/viewer/mf-details.ts';
import '../../src/viewer/mf-film.ts';
import type { MfFilm } from '../../src/viewer/mf-film.ts';
import { carousel, post } from '../helpers/data.ts';
import { find, mount, textOf, unmount } from '../helpers/render.ts';

const details = async (value: Post, index = 0): Promise<MfDetails> =>
  mount<MfDetails>(html`<mf-details .post=${value} .index=${index}></mf-details>`);

describe('mf-details', () => {
  afterEach(unmount);

  it('tells the facts of the item that is shown', async () => {
    const text = textOf(await details(carousel(10), 3));
    assert.include(text, 'File 4 of 10');
    assert.include(text, 'Image, 1080 × 1350');
    assert.include(text, '420\u202fkB'.replace('\u202f', ' '));
  });

  it('the original is downloaded under the item’s own address', async () => {
    const link = find<HTMLAnchorElement>(await details(post()), 'a[download]');
    assert.match(link.href, /api\/media\/cat\.webp\/file\?download=1$/);
  });

  it('an address that is none of the web is no link', async () => {
    const element = await details(post({ authorUrl: 'javascript:alert(1)', url: 'javascript:alert(2)' }));
    assert.equal(
      [...element.renderRoot.querySelectorAll('a')].some((link) => link.href.startsWith('javascript:')),
      false,
    );
  });

  it('a caption that only repeats the title is not told twice', async () => {
    const element = await details(post({ title: 'Nine strikes', caption: 'Nine strikes' }));
    assert.equal(element.renderRoot.querySelector('mf-caption'), null);
  });

  it('a post of which nothing is known still shows where it is from', async () => {
    const element = await details(
      post({ title: null, caption: null, authorHandle: null, authorName: null, authorUrl: null, postedAt: null }),
    );
    assert.include(textOf(element), 'TikTok');
    assert.include(textOf(element), 'Saved now');
  });

  it('says how many items are hidden, and shows them again', async () => {
    const element = await details(carousel(3, { hiddenItems: [1, 4] }));
    assert.include(textOf(element), '2 items are hidden.');
    const wish = new Promise((resolve) =>
      element.addEventListener('mf-wish', (event) => resolve((event as CustomEvent).detail)),
    );
    [...element.renderRoot.querySelectorAll('button')].find((button) => textOf(button) === 'Show all')?.click();
    assert.equal(await wish, 'unhide');
  });

  it('the only item cannot be hidden', async () => {
    assert.include(textOf(await details(carousel(2))), 'Hide this item');
    assert.notInclude(textOf(await details(post())), 'Hide this item');
  });

  it('the 200 items of a post are a strip that loads what is seen of it, and shows where one is', async () => {
    const film = await mount<MfFilm>(
      html`<mf-film style="inline-size: 600px" .items=${carousel(200).items} .index=${150}></mf-film>`,
    );
    const buttons = [...film.renderRoot.querySelectorAll('button')];
    assert.equal(buttons.length, 200);
    assert.equal(buttons[150]?.ariaLabel, '151 of 200, Image');
    assert.equal(film.renderRoot.querySelectorAll('img:not([loading=lazy])').length, 0);
    const [place, strip] = [buttons[150]?.getBoundingClientRect(), film.getBoundingClientRect()];
    assert(place !== undefined && place.left >= strip.left && place.right <= strip.right);
    assert.isAtMost(strip.width, 600);
  });
});
