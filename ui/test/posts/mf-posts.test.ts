import { assert } from 'chai';
import { html } from 'lit';
import type { MfWall } from '../../src/home/mf-wall.ts';
import '../../src/posts/mf-posts.ts';
import type { MfPosts } from '../../src/posts/mf-posts.ts';
import type { Filter } from '../../src/router/filter.ts';
import { LibraryServer } from '../helpers/library-server.ts';
import { allowResizeLoops, unmount, until } from '../helpers/render.ts';
import { FakeServices, mountIn } from '../helpers/services.ts';

/** No list keeps more posts than this, nor a page more cards. */
const MOST = { posts: 1200, cards: 150 } as const;

const mounted = async (server: LibraryServer, filter: Filter = {}) => {
  const services = new FakeServices(server.answers);
  const element = await mountIn<MfPosts>(services, html`<mf-posts .filter=${filter}></mf-posts>`);
  await until(() => cardsOf(element).length > 0);
  return { element, library: services.library };
};
const wallOf = (element: MfPosts): MfWall | null => element.renderRoot.querySelector('mf-wall');
const cardsOf = (element: MfPosts): HTMLElement[] => [
  ...(wallOf(element)?.renderRoot.querySelectorAll<HTMLElement>('mf-card') ?? []),
];
const nodesIn = (root: Node): number => {
  let count = 1;
  for (const child of root.childNodes) count += nodesIn(child);
  return root instanceof Element && root.shadowRoot ? count + nodesIn(root.shadowRoot) : count;
};
/** Scrolls by so many screens, and waits until the cards there are drawn. */
const scroll = async (element: MfPosts, screens: number): Promise<void> => {
  window.scrollBy({ top: screens * window.innerHeight, behavior: 'instant' });
  await new Promise((resolve) => requestAnimationFrame(resolve));
  await wallOf(element)?.settled();
};

describe('mf-posts', () => {
  beforeEach(allowResizeLoops);
  afterEach(() => {
    unmount();
    window.scrollTo({ top: 0, behavior: 'instant' });
  });

  it('drawn again, the wall has the same list until a post changes', async () => {
    const { element, library } = await mounted(new LibraryServer(4));
    const before = wallOf(element)?.items ?? [];
    element.requestUpdate();
    await element.updateComplete;
    assert.equal(wallOf(element)?.items, before);
    library.patch(['s1'], (post) => ({ ...post, favourite: true }));
    await element.updateComplete;
    const after = wallOf(element)?.items ?? [];
    assert.deepEqual(
      after.map((item, index) => item === before[index]),
      [true, false, true, true],
    );
  });

  it('however far one scrolls, down and up again, what the page keeps does not grow', async () => {
    const server = new LibraryServer(1300);
    const { element, library } = await mounted(server);
    const look = (): void => {
      assert.isAtMost(library.posts.length, MOST.posts);
      assert.isAtMost(cardsOf(element).length, MOST.cards);
    };
    await scroll(element, 1);
    const nodes = nodesIn(element);
    while (library.hasMore) {
      await scroll(element, 6);
      await library.more();
      look();
    }
    assert.isAbove(library.start, 0);
    while (library.hasNewer) {
      await scroll(element, -6);
      await library.newer();
      look();
    }
    await wallOf(element)?.settled();
    assert.isBelow(nodesIn(element), nodes * 2);
  });

  it('a list that begins with a month goes on above it, and what one looks at stays', async () => {
    const server = new LibraryServer(600);
    const at = server.posts[400]?.addedAt.slice(0, 7) ?? '';
    const { element, library } = await mounted(server, { at });
    const first = server.posts.find(({ addedAt }) => addedAt.slice(0, 7) === at);
    await until(() => library.start < 0);
    await wallOf(element)?.settled();
    const card = cardsOf(element).find(({ dataset }) => dataset['post'] === first?.id);
    const top = card?.getBoundingClientRect().top ?? NaN;
    assert(top >= 0 && top < window.innerHeight, `the first of the month is at ${top}`);
    const above = cardsOf(element).filter((one) => one.getBoundingClientRect().bottom <= top);
    assert.isAbove(above.length, 0);
  });
});
