import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { TestContext } from 'node:test';
import type { ConnectorManifest, LinkMatch } from '@mediafetcher/sdk';
import actor from '../fixtures/plugins/actor/package.json' with { type: 'json' };
import { createGuardedHttp } from '../../../src/runner/http/guarded-http.ts';
import { resolveShare } from '../../../src/runner/stages/resolve-share.ts';
import { createSite } from '../helpers/site.ts';

// As a plugin's package.json is read: its words are those of the manifest.
const manifest = actor.mediafetcher as unknown as ConnectorManifest;
const share: LinkMatch = {
  connector: 'actor',
  platform: 'stage',
  kind: 'share',
  certain: true,
  url: 'https://go.stage.tv/a',
  hints: { item: 2 },
};

type Answer = readonly [status: number, location?: string];

/** Resolves the link in a web where each address answers as the table says, to HEAD as to GET; returns what was asked too. */
async function resolve(
  t: TestContext,
  table: Readonly<Record<string, Answer>>,
  signedIn?: (url: string) => Promise<string | undefined>,
): Promise<{ found: Promise<LinkMatch>; asked: string[] }> {
  const { web, proxy, extraCaFile } = await createSite(t);
  const asked: string[] = [];
  await web.forAnyRequest().thenCallback(({ method, url }) => {
    asked.push(`${method} ${url}`);
    const [status, location] = table[`${method} ${url}`] ?? table[url] ?? [404];
    return { statusCode: status, headers: location === undefined ? {} : { location } };
  });
  const http = createGuardedHttp({
    hosts: manifest.hosts,
    allowPrivateHosts: [],
    proxy,
    extraCaFile,
    signal: t.signal,
    stagingDirectory: '/nowhere',
    maxFileBytes: 1,
    onDownload: () => () => undefined,
  });
  return { found: resolveShare(share, manifest, http, signedIn), asked };
}

describe('a share link', { timeout: 60_000 }, () => {
  it('leads to its post, with the hints that it had', async (t) => {
    const { found, asked } = await resolve(t, {
      'https://go.stage.tv/a': [301, 'https://www.stage.tv/p/one?from=share'],
    });
    const { key, url, hints } = await found;
    assert.deepEqual({ key, url, hints }, { key: 'stage:one', url: 'https://www.stage.tv/p/one', hints: { item: 2 } });
    assert.deepEqual(asked, ['HEAD https://go.stage.tv/a']);
  });

  const wall = { 'https://go.stage.tv/a': [302, 'https://www.stage.tv/accounts/login/?next=a'] } as const;

  it('that meets a login page is asked with the cookies of the person', async (t) => {
    const told: string[] = [];
    const { found } = await resolve(t, wall, async (url) => {
      told.push(url);
      return 'https://www.stage.tv/p/one?x=y';
    });
    const { key, url, hints } = await found;
    assert.deepEqual({ key, url, hints }, { key: 'stage:one', url: 'https://www.stage.tv/p/one', hints: { item: 2 } });
    assert.deepEqual(told, [share.url]);
  });

  for (const [what, address] of [
    ['nothing', undefined],
    ['an address elsewhere', 'https://evil.example/p/one'],
    ['no address', 'nonsense'],
  ] as const) {
    it(`stays a login's matter when the cookies show ${what}`, async (t) => {
      const { found } = await resolve(t, wall, async () => address);
      await assert.rejects(found, { code: 'MF_ERR_LOGIN_REQUIRED' });
    });
  }

  it('that is gone is not asked again with cookies', async (t) => {
    const { found } = await resolve(t, {}, async () => assert.fail('the cookies were used'));
    await assert.rejects(found, { code: 'MF_ERR_NOT_FOUND' });
  });

  it('is followed over several hops, relative ones too', async (t) => {
    const { found } = await resolve(t, {
      'https://go.stage.tv/a': [302, '/b'],
      'https://go.stage.tv/b': [307, 'https://www.stage.tv/p/one'],
    });
    assert.equal((await found).key, 'stage:one');
  });

  it('is asked with GET where the site does not know HEAD', async (t) => {
    const { found, asked } = await resolve(t, {
      'HEAD https://go.stage.tv/a': [405],
      'GET https://go.stage.tv/a': [301, 'https://www.stage.tv/p/one'],
    });
    assert.equal((await found).key, 'stage:one');
    assert.equal(asked.length, 2);
  });

  const failures: [what: string, table: Readonly<Record<string, Answer>>, code: string][] = [
    [
      'a login page is a login',
      { 'https://go.stage.tv/a': [302, 'https://www.stage.tv/accounts/login/?next=x'] },
      'MF_ERR_LOGIN_REQUIRED',
    ],
    [
      'a consent page is a login',
      { 'https://go.stage.tv/a': [302, 'https://consent.stage.tv/consent'] },
      'MF_ERR_LOGIN_REQUIRED',
    ],
    ['a refusal is a login', { 'https://go.stage.tv/a': [403] }, 'MF_ERR_LOGIN_REQUIRED'],
    [
      'another site is not asked',
      { 'https://go.stage.tv/a': [302, 'https://elsewhere.example/p/one'] },
      'MF_ERR_UNSUPPORTED',
    ],
    [
      'the machine itself is not asked',
      { 'https://go.stage.tv/a': [302, 'https://127.0.0.1/a'] },
      'MF_ERR_UNSUPPORTED',
    ],
    [
      'a private address is not asked',
      { 'https://go.stage.tv/a': [302, 'http://169.254.169.254/latest/meta-data'] },
      'MF_ERR_UNSUPPORTED',
    ],
    ['plain http is not asked', { 'https://go.stage.tv/a': [302, 'http://go.stage.tv/b'] }, 'MF_ERR_UNSUPPORTED'],
    ['a circle ends', { 'https://go.stage.tv/a': [302, '/a'] }, 'MF_ERR_NOT_FOUND'],
    ['an unknown link is told', {}, 'MF_ERR_NOT_FOUND'],
    ['a page that leads nowhere is told', { 'https://go.stage.tv/a': [200] }, 'MF_ERR_NOT_FOUND'],
    ['too many requests are told', { 'https://go.stage.tv/a': [429] }, 'MF_ERR_RATE_LIMITED'],
    ['a broken site is told', { 'https://go.stage.tv/a': [503] }, 'MF_ERR_NETWORK'],
  ];
  for (const [what, table, code] of failures) {
    it(what, async (t) => {
      const { found, asked } = await resolve(t, table);
      await assert.rejects(found, { code });
      assert.ok(asked.length <= 10);
      assert.ok(asked.every((each) => each.includes('https://') && each.includes('stage.tv/')));
    });
  }
});
