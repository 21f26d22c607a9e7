import { assert } from 'chai';
import { html } from 'lit';
import type { WallItem } from '../../src/home/card.rules.ts';
import type { MfCard } from '../../src/home/mf-card.ts';
import '../../src/home/mf-wall.ts';
import type { MfWall } from '../../src/home/mf-wall.ts';
import { layColumns } from '../../src/home/wall-layout.ts';
import { carousel, film, item, job, post } from '../helpers/data.ts';
import { allowResizeLoops, mount, unmount, until } from '../helpers/render.ts';
import { FakeServices, mountIn } from '../helpers/services.ts';

const wall = async (items: WallItem[], width = 900): Promise<MfWall> => {
  const element = await mount<MfWall>(
    html`<mf-wall style="inline-size: ${width}px" .items=${items} .hrefOf=${() => '/m/x'}></mf-wall>`,
  );
  await until(() => cards(element).length >= Math.min(items.length, 3));
  await element.settled();
  return element;
};
const cards = (element: MfWall): HTMLElement[] => [
  ...element.renderRoot.querySelectorAll<HTMLElement>('mf-card, mf-coming'),
];
const posts = (count: number): WallItem[] =>
  Array.from({ length: count }, (_, index) => ({
    post: index % 4 === 3 ? carousel(10) : post(index % 2 ? {} : { items: [item()] }),
  }));

describe('layColumns', () => {
  for (const [available, count] of [
    [1300, 6],
    [900, 4],
    [358, 2],
    [288, 2],
    [100, 2],
  ] as const) {
    it(`${available} px hold ${count} columns`, () => {
      const columns = layColumns(available, 190, 14);
      assert.equal(columns.count, count);
      assert.isAtMost(columns.width * count + 14 * (count - 1), Math.max(available, 2 + 14));
    });
  }
});

describe('the size of cards', () => {
  beforeEach(allowResizeLoops);
  afterEach(() => {
    unmount();
    localStorage.removeItem('mf.cards');
  });
  for (const [available, size, count] of [
    [1300, 'small', 9],
    [1300, 'large', 4],
    [358, 'small', 3],
    [358, 'large', 1],
  ] as const) {
    it(`${size} ones make ${count} columns of ${available} px`, () => {
      assert.equal(layColumns(available, 190, 14, size).count, count);
    });
  }

  it('two fingers apart make them larger, together smaller, no further than there are sizes', async () => {
    const services = new FakeServices({});
    const element = await mountIn<MfWall>(
      services,
      html`<mf-wall style="inline-size: 900px" .items=${posts(12)} .hrefOf=${() => ''}></mf-wall>`,
    );
    await until(() => cards(element).length > 0);
    const fingers = (type: string, ...at: readonly number[]): boolean => {
      const touches = at.map((clientX, identifier) => new Touch({ identifier, target: element, clientX, clientY: 50 }));
      return element.dispatchEvent(new TouchEvent(type, { touches, bubbles: true, cancelable: true }));
    };
    const columns = async (): Promise<number> => {
      await element.settled();
      return new Set(cards(element).map(({ style }) => style.left)).size;
    };
    assert.equal(await columns(), 4);
    fingers('touchstart', 100, 200);
    fingers('touchmove', 90, 210);
    assert.equal(await columns(), 4);
    assert.equal(fingers('touchmove', 60, 240), false, 'the page does not zoom');
    assert.equal(await columns(), 2);
    fingers('touchmove', 0, 400);
    assert.equal(services.preferences.cardSize, 'large');
    fingers('touchmove', 0, 200);
    fingers('touchmove', 0, 100);
    assert.equal(services.preferences.cardSize, 'small');
    assert.equal(await columns(), 6);
    fingers('touchend', 0);
    assert.equal(fingers('touchmove', 300), true, 'one finger scrolls');
    services.preferences.setCardSize('normal');
    assert.equal(await columns(), 4);
  });
});

describe('mf-wall', () => {
  beforeEach(allowResizeLoops);
  afterEach(unmount);

  it('cards lie beside and under each other, none over another', async () => {
    const boxes = cards(await wall(posts(12))).map((card) => card.getBoundingClientRect());
    for (const [at, a] of boxes.entries()) {
      for (const b of boxes.slice(at + 1)) {
        const apart = a.right <= b.left + 1 || b.right <= a.left + 1 || a.bottom <= b.top + 1 || b.bottom <= a.top + 1;
        assert(apart, `${at} lies over another`);
      }
    }
  });

  it('a wall that becomes narrower has its cards within it', async () => {
    const element = await wall(posts(12));
    element.style.inlineSize = '320px';
    const { right } = element.getBoundingClientRect();
    await until(() => cards(element).every((card) => card.getBoundingClientRect().right <= right + 1));
  });

  it('a card’s place is as high as the card, so that nothing moves later', async () => {
    for (const card of cards(await wall(posts(8)))) {
      assert.isAtMost(
        Math.abs(
          (card.shadowRoot?.querySelector('article')?.getBoundingClientRect().height ?? 0) +
            6 -
            card.getBoundingClientRect().height,
        ),
        2,
      );
    }
  });

  it('of ten thousand posts only those near the screen are in the page', async () => {
    assert.isBelow(cards(await wall(posts(10_000))).length, 120);
  });

  it('fills from the right where the page runs that way', async () => {
    const element = await mount<MfWall>(
      html`<mf-wall dir="rtl" style="inline-size: 900px" .items=${posts(6)} .hrefOf=${() => ''}></mf-wall>`,
    );
    await until(() => cards(element).length >= 3);
    await element.settled();
    const [first, second] = cards(element).map((card) => card.getBoundingClientRect());
    assert.isAbove(first?.left ?? 0, second?.left ?? 0);
    assert.isAtMost(first?.right ?? 0, element.getBoundingClientRect().right);
  });

  it('one card is in the tab order, and arrows move by place', async () => {
    const element = await wall(posts(12));
    const links = (): HTMLElement[] =>
      cards(element).flatMap((card) => [...(card.shadowRoot?.querySelectorAll<HTMLElement>('a') ?? [])]);
    assert.equal(links().filter((link) => link.tabIndex === 0).length, 1);
    const [first, second] = cards(element);
    first?.focus();
    first?.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true, composed: true }));
    assert.equal(second?.matches(':focus-within') || second?.shadowRoot?.activeElement !== null, true);
    await element.updateComplete;
    const right = second?.getBoundingClientRect().left ?? 0;
    assert.isAbove(right, first?.getBoundingClientRect().left ?? 0);
  });

  it('a download has the place of its post', async () => {
    const element = await wall([{ job: job() }, ...posts(3)]);
    const [first] = cards(element);
    assert.equal(first?.localName, 'mf-coming');
    const { height = 0, width = 0 } = first?.shadowRoot?.querySelector('.media')?.getBoundingClientRect() ?? {};
    assert.isAtMost(Math.abs(height - (width * 5) / 4), 1, 'its picture is not there yet, and has its room');
  });

  it('a list that gets shorter breaks nothing', async () => {
    const element = await wall(posts(30));
    element.items = posts(1);
    await element.settled();
    await until(() => cards(element).length === 1);
  });

  it('asks for more when the end is near', async () => {
    const element = await mount<MfWall>(html`<mf-wall style="inline-size: 900px" .hrefOf=${() => ''}></mf-wall>`);
    const asked = new Promise((resolve) => element.addEventListener('mf-need-more', resolve, { once: true }));
    element.items = posts(10);
    await asked;
  });

  it('a film plays on its card while a pointer rests there, and only there', async () => {
    const items = [item(), film({ id: 'clip.mp4', thumbnails: [] })];
    const element = await wall([
      { post: post({ items }) },
      { post: post({ items, nsfw: true }) },
      { post: post({ items: [item()], kind: 'image' }) },
    ]);
    const [first, veiled] = cards(element);
    const rest = (card: HTMLElement | undefined): void => {
      card?.dispatchEvent(new PointerEvent('pointermove', { pointerType: 'mouse', bubbles: true, composed: true }));
    };
    const playing = (): HTMLVideoElement[] =>
      cards(element).flatMap((card) => {
        const video = card.shadowRoot?.querySelector('mf-preview')?.shadowRoot?.querySelector('video');
        return video ? [video] : [];
      });
    rest(first);
    await until(() => playing().some((video) => video.currentTime > 0));
    assert.equal(playing()[0]?.muted, true);
    rest(veiled);
    await until(() => playing().length === 0);
    await until(() => (veiled as MfCard).preview);
    await (veiled as MfCard).updateComplete;
    assert.equal(playing().length, 0);
    element.dispatchEvent(new PointerEvent('pointerleave', { pointerType: 'mouse' }));
    assert.equal((veiled as MfCard).preview, false);
  });

  it('can be entered by keys wherever it was scrolled to', async () => {
    const element = await wall(posts(400));
    window.scrollTo({ top: 5000, behavior: 'instant' });
    await until(() => window.scrollY > 4000);
    await element.settled();
    await element.updateComplete;
    const [entry, ...others] = cards(element).filter((card) => card.shadowRoot?.querySelector('a[tabindex="0"]'));
    assert.equal(others.length, 0);
    assert.isAbove(entry?.getBoundingClientRect().bottom ?? 0, 0, 'it is on the screen');
    window.scrollTo({ top: 0, behavior: 'instant' });
  });

  it('the focus stays where downloads before it change their order', async () => {
    const [one, two] = [job(), job()];
    const [post1, post2] = posts(2) as [WallItem, WallItem];
    const element = await wall([{ job: one }, { job: two }, post1, post2]);
    const focused = cards(element).at(2) as HTMLElement; // There are four.
    focused.focus();
    assert.equal(focused.matches(':focus-within'), true);
    let lost = 0;
    focused.addEventListener('focusout', () => (lost += 1));
    element.items = [{ job: two }, { job: one }, post1, post2];
    await element.settled();
    assert.equal(focused.matches(':focus-within'), true);
    assert.equal(lost, 0);
    assert.deepEqual(
      cards(element).map((card) => card.dataset['key']),
      [`j${two.id}`, `j${one.id}`, `p${post1.post?.id ?? ''}`, `p${post2.post?.id ?? ''}`],
    );
  });

  it('where the card with the focus leaves, the next one has it', async () => {
    const list = posts(4);
    const element = await wall(list);
    cards(element).at(1)?.focus();
    element.items = list.toSpliced(1, 1);
    await element.settled();
    const focused = cards(element).find((card) => card.matches(':focus-within'));
    assert.equal(focused?.dataset['post'], list[2]?.post?.id);
  });
});
