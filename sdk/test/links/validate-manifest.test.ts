import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isBoundedRange, validateManifest } from '../../src/index.ts';

const RULE = { host: 'example\\.org', path: '/(\\d+)', kind: 'post', key: 'lab:$1', url: 'https://example.org/$1' };
const CONNECTOR = {
  kind: 'connector',
  id: 'lab',
  platform: 'lab',
  displayName: 'Lab',
  icon: 'icon.svg',
  hosts: ['.example.org', 'cdn.example.org'],
  tools: ['yt-dlp'],
  capabilities: ['post'],
  engines: { mediafetcher: '>=0.1.0 <1' },
  matches: [RULE],
};
const PROCESSOR = {
  kind: 'processor',
  id: 'p',
  displayName: 'P',
  hosts: [],
  tools: [],
  engines: { mediafetcher: '^0.1' },
};

function problemsOf(value: unknown): string {
  const result = validateManifest(value);
  return result.ok ? 'fine' : result.problems.join('; ');
}

const withRule = (change: object): object => ({ ...CONNECTOR, matches: [{ ...RULE, ...change }] });

describe('a manifest', () => {
  it('of a connector passes', () => assert.equal(problemsOf(CONNECTOR), 'fine'));
  it('of a processor passes', () => assert.equal(problemsOf(PROCESSOR), 'fine'));

  const WRONG: readonly (readonly [object | null | string, RegExp])[] = [
    [null, /must be an object/],
    ['x', /must be an object/],
    [[], /must be an object/],
    [{ ...CONNECTOR, kind: 'theme' }, /kind/],
    [{ ...CONNECTOR, id: 'Lab' }, /\.id/],
    [{ ...CONNECTOR, id: '../lab' }, /\.id/],
    [{ ...CONNECTOR, displayName: '' }, /displayName/],
    [{ ...CONNECTOR, icon: '../../secret.svg' }, /icon/],
    [{ ...CONNECTOR, icon: '/etc/x.svg' }, /icon/],
    [{ ...CONNECTOR, hosts: ['https://example.org'] }, /hosts/],
    [{ ...CONNECTOR, hosts: ['*'] }, /hosts/],
    [{ ...CONNECTOR, tools: ['rm'] }, /tools/],
    [{ ...CONNECTOR, capabilities: 'post' }, /capabilities/],
    [{ ...CONNECTOR, engines: {} }, /engines/],
    [{ ...CONNECTOR, engines: { mediafetcher: '>=0.1' } }, /no upper bound/],
    [{ ...CONNECTOR, options: { audioOnly: true } }, /options/],
    [{ ...CONNECTOR, matches: [] }, /matches/],
    [{ ...CONNECTOR, matches: ['x'] }, /matches\[0\]/],
    [withRule({ path: '/(?=a)b' }), /no RE2 pattern/],
    [withRule({ path: '/(a)\\1' }), /no RE2 pattern/],
    [withRule({ path: '/a)(b' }), /no RE2 pattern/],
    [withRule({ path: 'a'.repeat(1001) }), /path/],
    [withRule({ host: undefined }), /host/],
    [withRule({ query: { v: '(' } }), /query\.v/],
    [withRule({ kind: 'page' }), /kind/],
    [withRule({ key: undefined }), /key/],
    [withRule({ key: 'other:$1' }), /must begin with lab:/],
    [withRule({ key: 'lab:$2' }), /group 2 of 1/],
    [withRule({ url: 'http://example.org/$1' }), /https/],
    [withRule({ url: 'https://$1/' }), /fixed host/],
    [withRule({ transform: 'upper' }), /transform/],
    [withRule({ certain: 'no' }), /certain/],
    [withRule({ reserved: 'a' }), /reserved/],
    [withRule({ kind: 'refused', refusal: { code: 'MF_ERR_X', message: 'No.' } }), /refusal\.code/],
    [{ ...PROCESSOR, order: 'first' }, /order/],
  ];
  for (const [value, problem] of WRONG) {
    it(`that is wrong is named: ${String(problem)}`, () => assert.match(problemsOf(value), problem));
  }

  it('names all its problems at once', () => {
    const result = validateManifest({ ...CONNECTOR, id: '', tools: ['x'], engines: {} });
    assert.ok(!result.ok && result.problems.length === 3);
  });
});

describe('a semver range', () => {
  for (const range of ['^0.1.0', '~1.2', '1.x', '1.2.3', '>=0.1.0 <1', '<=2', '1.0.0 - 1.9.9', '^1 || ^2']) {
    it(`${range} has an end`, () => assert.ok(isBoundedRange(range)));
  }
  for (const range of ['*', '', 'x', '>=1', '>1.2', '^1 || >=2', 'latest']) {
    it(`${JSON.stringify(range)} has none`, () => assert.ok(!isBoundedRange(range)));
  }
});
