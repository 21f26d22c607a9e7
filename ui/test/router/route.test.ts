import { assert } from 'chai';
import { buildFilterQuery, dropFilter, isEmptyFilter, parseFilter } from '../../src/router/filter.ts';
import { buildPath, parseRoute } from '../../src/router/route.ts';
import type { Route } from '../../src/router/route.ts';

const parse = (address: string): Route => {
  const url = new URL(address, 'http://home.test/');
  return parseRoute(url.pathname, url.searchParams);
};

describe('route', () => {
  const both: readonly (readonly [string, Route])[] = [
    ['', { name: 'home', filter: {} }],
    [
      '?q=cats+%26+dogs&kind=video&platform=x',
      { name: 'home', filter: { q: 'cats & dogs', kind: 'video', platform: 'x' } },
    ],
    ['m/abc', { name: 'viewer', postId: 'abc', item: 1 }],
    ['m/abc/3', { name: 'viewer', postId: 'abc', item: 3 }],
    ['add', { name: 'add', text: '' }],
    ['add?text=https%3A%2F%2Fx.com%2Fa%2Fstatus%2F1', { name: 'add', text: 'https://x.com/a/status/1' }],
    ['library', { name: 'library', place: { kind: 'folders' }, filter: {} }],
    [
      'library/f/inbox?kind=video',
      { name: 'library', place: { kind: 'folder', id: 'inbox' }, filter: { kind: 'video' } },
    ],
    [
      'library/f/0123456789abcdef01234567',
      { name: 'library', place: { kind: 'folder', id: '0123456789abcdef01234567' }, filter: {} },
    ],
    ['library/t/caf%C3%A9', { name: 'library', place: { kind: 'tag', tag: 'café' }, filter: {} }],
    ['library/trash?q=a', { name: 'library', place: { kind: 'trash' }, filter: { q: 'a' } }],
    ['library/tags', { name: 'library', place: { kind: 'tags' }, filter: {} }],
    ['settings', { name: 'settings', section: 'account' }],
    ['settings/storage', { name: 'settings', section: 'storage' }],
    ['downloads', { name: 'downloads', tab: 'now' }],
    ['downloads/failed', { name: 'downloads', tab: 'failed' }],
    ['login?next=m%2Fabc', { name: 'login', next: 'm/abc' }],
    ['setup', { name: 'setup', step: 'you' }],
    ['setup/tools', { name: 'setup', step: 'tools' }],
    ['status', { name: 'status' }],
  ];
  for (const [path, route] of both) {
    it(`/${path} is ${route.name} in both directions`, () => {
      assert.deepEqual(parse(`/${path}`), route);
      assert.equal(buildPath(route), path);
    });
  }

  it('a share target’s title, text and url all reach the dialog', () => {
    assert.deepEqual(parse('/add?title=Look&text=this&url=https%3A%2F%2Fx.com%2F1'), {
      name: 'add',
      text: 'https://x.com/1\nthis\nLook',
    });
  });

  for (const [path, item] of [
    ['/m/abc/0', 1],
    ['/m/abc/-2', 1],
    ['/m/abc/x', 1],
    ['/m/abc/2.7', 2],
  ] as const) {
    it(`${path} shows item ${item}`, () => {
      assert.deepEqual(parse(path), { name: 'viewer', postId: 'abc', item });
    });
  }

  for (const path of [
    '/nothing',
    '/m',
    '/downloads/later',
    '/add/1',
    '/m/a/1/2',
    '/library/f/1',
    '/library/x',
    '/library/tags/2',
    '/settings/none',
  ]) {
    it(`${path} is missing`, () => {
      assert.equal(parse(path).name, 'missing');
    });
  }

  it('a stray percent sign breaks nothing', () => {
    assert.deepEqual(parseRoute('/m/50%', new URLSearchParams()), { name: 'viewer', postId: '50%', item: 1 });
  });
});

describe('filter in the address', () => {
  it('parts that nobody knows are left out', () => {
    assert.deepEqual(parseFilter(new URLSearchParams('kind=spoon&from=yesterday&q=++&sort=x&to=2026-11-21')), {
      to: '2026-11-21',
    });
  });

  it('the same filter always gives the same address', () => {
    assert.equal(buildFilterQuery({ platform: 'x', q: 'a' }), buildFilterQuery({ q: 'a', platform: 'x' }));
  });

  it('an Arabic search survives the way through the address', () => {
    const filter = { q: 'عود تحت المطر' };
    assert.deepEqual(parseFilter(new URLSearchParams(buildFilterQuery(filter))), filter);
  });

  it('the last part dropped leaves it empty', () => {
    assert.equal(isEmptyFilter(dropFilter({ kind: 'audio' }, 'kind')), true);
  });
});
