import { assert } from 'chai';
import type { Post } from '../../src/api/types.ts';
import type { Filter } from '../../src/router/filter.ts';
import type { Library } from '../../src/state/library.ts';
import { LibraryServer } from '../helpers/library-server.ts';
import { until } from '../helpers/render.ts';
import { FakeServices } from '../helpers/services.ts';
import { post } from '../helpers/data.ts';

/** No list keeps more posts than this. */
const MOST = 1200;
const opened = async (server: LibraryServer, filter: Filter = {}): Promise<Library> => {
  const { library } = new FakeServices(server.answers);
  await library.open(filter);
  return library;
};
const ids = (posts: readonly Post[]): string[] => posts.map(({ id }) => id);
const idsOf = (server: LibraryServer, from: number, to: number): string[] => ids(server.posts.slice(from, to));

/** Reads on until nothing more is there; each step must come closer. */
async function readToTheEnd(library: Library, end: 'older' | 'newer', step: () => void): Promise<void> {
  for (let pages = 0; end === 'older' ? library.hasMore : library.hasNewer; pages += 1) {
    assert.isBelow(pages, 1000, 'the end does not come');
    await (end === 'older' ? library.more() : library.newer());
    step();
  }
}

describe('a long list', () => {
  for (const [what, together] of [
    ['each at a time of its own', 1],
    ['many of them added in the same moment', 170],
  ] as const) {
    it(`of 5,000 posts, ${what}, never more than ${MOST} are kept, and all are met on the way down and up`, async () => {
      const server = new LibraryServer(5000, { together });
      const library = await opened(server);
      const met = new Set(ids(library.posts));
      let most = 0;
      const look = (): void => {
        most = Math.max(most, library.posts.length);
        for (const id of ids(library.posts)) met.add(id);
        assert.deepEqual(ids(library.posts), idsOf(server, library.start, library.start + library.posts.length));
      };
      await readToTheEnd(library, 'older', look);
      assert.equal(met.size, 5000);
      assert.equal(library.posts.at(-1)?.id, server.posts.at(-1)?.id);
      assert.equal(library.hasNewer, true);
      met.clear();
      look();
      await readToTheEnd(library, 'newer', look);
      assert.equal(library.start, 0);
      assert.equal(met.size, 5000);
      assert.equal(library.posts[0]?.id, server.posts[0]?.id);
      assert.equal(library.hasMore, true);
      assert.isAtMost(most, MOST);
    });
  }

  it('each post has its number among all, also after a jump, and when others come', async () => {
    const server = new LibraryServer(900);
    const numbers = (): void => {
      for (const { id } of library.posts)
        assert.equal(library.numberOf(id), server.posts.findIndex((one) => one.id === id) + 1, id);
    };
    const library = await opened(server, { at: '2026-09' });
    await until(() => library.numberOf(library.posts[0]?.id ?? '') !== undefined);
    assert.isAbove(library.numberOf(library.posts[0]?.id ?? '') ?? 0, 1);
    numbers();
    library.take(server.add(post({ id: 'new', addedAt: '2026-11-21T00:00:00.000Z' })));
    numbers();
    await library.more();
    numbers();
    await readToTheEnd(library, 'newer', numbers);
    assert.equal(library.numberOf('new'), 1);
    library.take(server.add(post({ id: 'newer', addedAt: '2026-11-22T00:00:00.000Z' })));
    numbers();
  });

  it('what is behind more than can be counted has no number', async () => {
    const library = await opened(new LibraryServer(5000), { at: '2025-09' });
    await until(() => library.count !== undefined);
    assert.equal(library.numberOf(library.posts[0]?.id ?? ''), undefined);
  });

  it('what is picked may be anywhere in it: meanwhile nothing is given up', async () => {
    const server = new LibraryServer(2000);
    const library = await opened(server);
    library.mayForget = () => false;
    await readToTheEnd(library, 'older', () => undefined);
    assert.equal(library.posts.length, 2000);
  });

  it('that begins with a month goes on to newer posts up to the newest', async () => {
    const server = new LibraryServer(400);
    const at = server.posts[250]?.addedAt.slice(0, 7) ?? '';
    const library = await opened(server, { at });
    const begins = server.posts.findIndex(({ addedAt }) => addedAt.slice(0, 7) === at);
    assert.equal(library.posts[0]?.id, server.posts[begins]?.id);
    assert.equal(library.hasNewer, true);
    await readToTheEnd(library, 'newer', () => undefined);
    assert.equal(library.start, -begins);
    assert.deepEqual(ids(library.posts), idsOf(server, 0, library.posts.length));
  });

  it('a new post waits where newer ones than those shown lie between, and is met on the way', async () => {
    const server = new LibraryServer(400);
    const at = server.posts[250]?.addedAt.slice(0, 7) ?? '';
    const library = await opened(server, { at });
    const fresh = server.add(
      post({ addedAt: new Date(Date.parse(server.posts[0]?.addedAt ?? '') + 1000).toISOString() }),
    );
    library.take(fresh);
    library.showFresh();
    assert.deepEqual(ids(library.fresh), [fresh.id]);
    await readToTheEnd(library, 'newer', () => undefined);
    assert.equal(library.posts[0]?.id, fresh.id);
    assert.equal(library.fresh.length, 0);
  });

  it('after a reconnect what is gone has left, and nothing has come between', async () => {
    const server = new LibraryServer(400);
    const at = server.posts[250]?.addedAt.slice(0, 7) ?? '';
    const library = await opened(server, { at });
    const [, second] = library.posts;
    const shown = library.posts.length;
    server.remove(second?.id ?? '');
    await library.refresh();
    assert.equal(library.posts.length, shown - 1);
    assert.deepEqual(ids(library.posts), ids(server.posts.filter(({ id }) => ids(library.posts).includes(id))));
  });

  it('after a reconnect no gap is left where more than a page has come while somebody looked further down', async () => {
    const server = new LibraryServer(150);
    const library = await opened(server);
    library.hold = true;
    const [first] = server.posts;
    for (let n = 1; n <= 100; n += 1)
      server.add(post({ id: `n${n}`, addedAt: new Date(Date.parse(first?.addedAt ?? '') + n * 1000).toISOString() }));
    const shown = ids(library.posts);
    await library.refresh();
    assert.deepEqual(ids(library.posts), shown, 'what is looked at stays');
    assert.equal(library.fresh.length, 0);
    assert.equal(library.hasNewer, true);
    await readToTheEnd(library, 'newer', () => undefined);
    assert.deepEqual(ids(library.posts), idsOf(server, 0, library.posts.length));
  });

  it('a page that fails is asked for again by a person only, until the server answers', async () => {
    const server = new LibraryServer(300);
    const services = new FakeServices({
      ...server.answers,
      Library: (asked: { cursor?: string | null }) => {
        if (asked.cursor && broken) throw new Error('away');
        return server.answers.Library(asked);
      },
    });
    let broken = true;
    const { library } = services;
    await library.open({});
    assert.equal(await library.more(), false);
    assert.equal(library.moreFailed, true);
    const asked = services.of('Library').length;
    for (let draws = 0; draws < 5; draws += 1) assert.equal(await library.more(), false);
    assert.equal(services.of('Library').length, asked);
    assert.equal(await library.more(true), false);
    assert.equal(services.of('Library').length, asked + 1);
    broken = false;
    await library.refresh();
    assert.equal(library.moreFailed, false);
    assert.equal(await library.more(), true);
    assert.equal(library.posts.length, 120);
  });

  it('who asks for more while nothing can come is told so', async () => {
    const server = new LibraryServer(300);
    const library = await opened(server);
    const reading = library.open({ kind: 'audio' });
    assert.equal(library.state, 'loading');
    assert.equal(await library.more(), false);
    await reading;
    library.clear();
    assert.equal(await library.more(), false);
  });

  it('who comes back finds the part that was looked at, everybody else the newest', async () => {
    const server = new LibraryServer(3000);
    const library = await opened(server);
    for (let pages = 0; pages < 30; pages += 1) await library.more();
    const { start } = library;
    assert.isAbove(start, 0);
    const shown = ids(library.posts);
    library.spot = { key: 'p1', y: 7 };
    await library.open({ kind: 'video' });
    await library.open({});
    assert.equal(library.start, start);
    assert.equal(library.spot.y, 7);
    assert.deepEqual(ids(library.posts), shown);
    await library.open({}, true);
    assert.deepEqual(ids(library.posts), idsOf(server, 0, 60));
    assert.equal(library.start, 0);
  });
});

describe('a list that changes while it is read', () => {
  /** A library whose next answer is made now and arrives when it is let go. */
  async function held(server: LibraryServer) {
    let letGo: (() => void) | undefined;
    let holds = false;
    const services = new FakeServices({
      ...server.answers,
      Library: async (asked: object) => {
        const answer = server.answers.Library(asked);
        if (holds) await new Promise<void>((resolve) => (letGo = resolve));
        return answer;
      },
    });
    const { library } = services;
    return {
      library,
      /** Does something between the answer and its arrival. */
      during: async (read: () => Promise<unknown>, change: () => void): Promise<void> => {
        holds = true;
        const reading = read();
        while (!letGo) await Promise.resolve();
        holds = false;
        change();
        letGo();
        letGo = undefined;
        await reading;
        // What is looked at again because of it.
        for (let turns = 0; turns < 20; turns += 1) await Promise.resolve();
      },
    };
  }
  const newPost = (server: LibraryServer): Post => server.add(post({ id: 'new', addedAt: '2026-11-27T10:00:00.000Z' }));

  it('has a post that came during the first reading', async () => {
    const server = new LibraryServer(5);
    const { library, during } = await held(server);
    await during(
      async () => library.open({}),
      () => library.take(newPost(server)),
    );
    assert.deepEqual(ids(library.posts), ids(server.posts));
  });

  it('looks again when it was to be brought up to date meanwhile', async () => {
    const server = new LibraryServer(5);
    const { library, during } = await held(server);
    await during(
      async () => library.open({}),
      () => {
        newPost(server);
        void library.refresh();
      },
    );
    assert.deepEqual(ids(library.posts), ids(server.posts));
  });

  it('does not get back what was removed during a refresh, but what was restored', async () => {
    const server = new LibraryServer(5);
    const { library, during } = await held(server);
    await library.open({});
    const [first, second] = server.posts as [Post, Post];
    await during(
      async () => library.refresh(),
      () => {
        library.drop(first.id);
        library.hide([second.id]);
        library.take(second);
      },
    );
    assert.deepEqual(ids(library.posts), idsOf(server, 1, 5));
  });

  it('shows posts as they are after a refresh, and a restored one in its place', async () => {
    const server = new LibraryServer(5);
    const { library } = await held(server);
    await library.open({});
    const third = server.posts[2] as Post;
    server.posts = server.posts.map((one) => (one.id === third.id ? { ...one, favourite: !third.favourite } : one));
    await library.refresh();
    assert.equal(library.byId(third.id)?.favourite, !third.favourite);
    library.drop(third.id);
    library.take(third);
    assert.deepEqual(ids(library.posts), ids(server.posts));
  });
});
