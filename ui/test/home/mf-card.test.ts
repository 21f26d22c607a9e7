import { assert } from 'chai';
import { html } from 'lit';
import type { Post } from '../../src/api/types.ts';
import '../../src/home/mf-card.ts';
import type { MfCard } from '../../src/home/mf-card.ts';
import { chooseLocale } from '../../src/words/t.ts';
import { carousel, film, item, post, sound } from '../helpers/data.ts';
import { find, mount, textOf, unmount, until } from '../helpers/render.ts';

const card = async (value: Post): Promise<MfCard> =>
  mount<MfCard>(html`<mf-card style="inline-size: 190px" .post=${value} .href=${'/m/1'} .width=${190}></mf-card>`);

describe('mf-card', () => {
  afterEach(async () => {
    unmount();
    await chooseLocale('en');
  });

  it('is one link, named by platform, kind and title', async () => {
    const element = await card(post());
    assert.equal(element.renderRoot.querySelectorAll('a').length, 1);
    assert.match(find(element, 'a').ariaLabel ?? '', /^TikTok video: POV: the neighbour’s cat/);
  });

  it('its tick says whether it is picked, its marks in how many folders it is', async () => {
    const element = await card(post({ folderIds: ['a', 'b', 'c'] }));
    const tick = find(element, '[role=checkbox]');
    assert.equal(tick.ariaChecked, 'false');
    assert.match(textOf(find(element, '.marks')), /3/);
    element.picked = true;
    await element.updateComplete;
    assert.equal(tick.ariaChecked, 'true');
  });

  it('a post of somebody else cannot be picked', async () => {
    const element = await card(post({ foreign: true }));
    assert.equal(element.renderRoot.querySelector('button'), null);
  });

  it('a carousel of ten says how many', async () => {
    const element = await card(carousel(10));
    assert.match(find(element, 'a').ariaLabel ?? '', /^Instagram post with 10 items/);
    assert.match(textOf(find(element, '.origin')), /10/);
    assert.exists(element.renderRoot.querySelector('.stack'));
  });

  for (const [what, title, shown] of [
    ['markup', '<img src=x onerror=alert(1)>', '<img src=x onerror=alert(1)>'],
    ['characters that turn the direction', 'gpj.\u202etac\u2066', 'gpj.tac'],
    ['nothing but characters that hide', '\u200b\u2060\ufeff', 'From the caption'],
  ] as const) {
    it(`a title of ${what} stays a title`, async () => {
      const element = await card(post({ title, caption: 'From the caption' }));
      assert.include(find(element, 'a').ariaLabel, shown);
      assert.equal(element.renderRoot.querySelector('img[src=x]'), null);
    });
  }

  it('a caption of 20,000 characters is no name of 20,000', async () => {
    const element = await card(post({ title: null, caption: '🐈'.repeat(10_000) }));
    const name = find(element, 'a').ariaLabel ?? '';
    assert.isBelow(name.length, 400);
    assert.match(name, /🐈…, 0:34$/u);
    assert.isBelow(find(element, 'a').getBoundingClientRect().width, 191);
  });

  it('a portrait video has its place before its picture is there', async () => {
    const element = await card(post());
    assert.equal(Math.round(find(element, 'a').getBoundingClientRect().height), Math.round((190 * 16) / 9));
  });

  it('shows the length as a clock, and says it', async () => {
    const element = await card(post());
    assert.match(textOf(find(element, '.origin')), /0:34/);
    assert.match(find(element, 'a').ariaLabel ?? '', /, 0:34$/);
  });

  it('shows its picture, in a width that the item has', async () => {
    const element = await card(post({ items: [item()] }));
    const image = find<HTMLImageElement>(element, 'img');
    await until(() => image.complete && image.naturalWidth > 0);
    assert.match(image.srcset, /size=240 240w.*size=960 960w/);
  });

  it('without a thumbnail it says that the file is fine', async () => {
    const element = await card(post({ items: [film({ thumbnails: [] })] }));
    assert.include(textOf(element), 'No thumbnail yet. The video itself is fine.');
  });

  it('a thumbnail that does not come says the same', async () => {
    const element = await card(post({ items: [item({ id: 'missing.webp' })] }));
    await until(() => textOf(element).includes('The image itself is fine.'));
    assert.equal(element.renderRoot.querySelector('img'), null);
  });

  it('sound without a cover is a card of its own kind', async () => {
    const element = await card(post({ kind: 'audio', items: [sound()] }));
    assert.exists(element.renderRoot.querySelector('.silent'));
    assert.notInclude(textOf(element), 'No thumbnail');
  });

  it('a post for adults shows no picture', async () => {
    const element = await card(post({ nsfw: true }));
    assert.equal(element.renderRoot.querySelector('img'), null);
    assert.include(textOf(element), '18+');
  });

  it('an Arabic author keeps the reading order of the line', async () => {
    const element = await card(post({ title: 'عود تحت المطر', authorName: 'أمل حداد' }));
    assert.equal(find(element, 'h3').dir, 'auto');
    assert.equal(find(element, 'bdi').textContent, 'أمل حداد');
  });

  it('markup in a title stays text', async () => {
    const element = await card(post({ title: '<img src=x onerror=alert(1)><b>bold</b>' }));
    assert.equal(find(element, 'h3').children.length, 0);
    assert.equal(find(element, 'h3').textContent, '<img src=x onerror=alert(1)><b>bold</b>');
  });

  it('a title without an end takes two lines', async () => {
    const element = await card(post({ title: 'w'.repeat(5000) }));
    assert.isBelow(find(element, 'h3').getBoundingClientRect().height, 40);
    assert.isAtMost(element.scrollWidth, 190);
  });

  it('a post without title, author and caption still has a name', async () => {
    const element = await card(post({ title: null, caption: null, authorHandle: null }));
    assert.equal(find(element, 'a').ariaLabel, 'TikTok video, 0:34');
  });

  it('speaks French as soon as the language is chosen', async () => {
    const element = await card(post({ title: 'Chat' }));
    await chooseLocale('fr');
    await element.updateComplete;
    assert.equal(find(element, 'a').ariaLabel, 'Vidéo TikTok\u00a0: Chat, 0:34');
  });

  it('a picture that could not be had is asked for again when the post is read anew', async () => {
    const one = post();
    const element = await card(one);
    find(element, 'img').dispatchEvent(new Event('error'));
    await element.updateComplete;
    assert.equal(element.renderRoot.querySelector('img'), null);
    element.fill({ post: { ...one }, href: '/m/1', width: 190, picked: false, picking: false, current: false });
    assert.exists(element.renderRoot.querySelector('img'));
  });
});
