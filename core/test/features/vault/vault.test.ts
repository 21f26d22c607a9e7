import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import test, { after } from 'node:test';
import { buildApp } from '../../../src/app.ts';
import { loadConfig } from '../../../src/config.ts';
import { createCipher } from '../../../src/features/vault/cipher.ts';
import { earliestExpiry, selectCookies } from '../../../src/features/vault/cookies.rules.ts';
import { formatNetscape, parseNetscape } from '../../../src/features/vault/netscape.rules.ts';
import { listenTestApp, makeDataDir } from '../../helpers/build-test-app.ts';
import { recordOf, submit } from '../../helpers/downloads.ts';
import { FakeWorker } from '../../helpers/fake-worker.ts';
import { addPerson } from '../../helpers/people.ts';
import { assertProblem } from '../../helpers/problem.ts';

const SECRET = 'value-that-nobody-may-see';
const key = randomBytes(32);

test('what was sealed opens with the same key and context only, and is never the same twice', () => {
  const cipher = createCipher(key);
  const sealed = cipher.seal('grüezi', 'cookies:a:x');
  assert.equal(cipher.open(sealed, 'cookies:a:x'), 'grüezi');
  assert.ok(!sealed.equals(cipher.seal('grüezi', 'cookies:a:x')));
  assert.throws(() => cipher.open(sealed, 'cookies:b:x'));
  assert.throws(() => createCipher(randomBytes(32)).open(sealed, 'cookies:a:x'));
  for (let at = 0; at < sealed.length; at += 1) {
    const bent = Buffer.from(sealed);
    bent[at] = (bent[at] ?? 0) ^ 1;
    assert.throws(() => cipher.open(bent, 'cookies:a:x'), `byte ${at}`);
  }
  assert.throws(() => cipher.open(sealed.subarray(0, 20), 'cookies:a:x'));
  assert.throws(() => cipher.open(Buffer.alloc(0), 'cookies:a:x'));
});

const line = (...fields: string[]): string => fields.join('\t');

for (const [what, text, expected] of [
  [
    'a cookie',
    line('.x.com', 'TRUE', '/', 'TRUE', '1900000000', 'a', 'b'),
    [
      {
        domain: '.x.com',
        name: 'a',
        value: 'b',
        path: '/',
        secure: true,
        httpOnly: false,
        expirationDate: 1_900_000_000,
      },
    ],
  ],
  [
    'an HttpOnly cookie',
    `#HttpOnly_${line('.x.com', 'TRUE', '/', 'FALSE', '0', 'a', '')}`,
    [{ domain: '.x.com', name: 'a', value: '', path: '/', secure: false, httpOnly: true }],
  ],
  [
    'comments, blank lines and Windows line ends',
    `# Netscape HTTP Cookie File\r\n\r\n  \r\n${line('x.com', 'FALSE', '/', 'FALSE', 'never', 'a', 'b')}\r\n`,
    [{ domain: 'x.com', name: 'a', value: 'b', path: '/', secure: false, httpOnly: false }],
  ],
  ['nothing', '# only a comment\n', []],
] as const) {
  test(`Netscape text with ${what} is read`, () => assert.deepEqual(parseNetscape(text), expected));
}

for (const text of ['hello', '{"a":1}', line('x.com', 'TRUE', '/', 'TRUE', '0', 'name'), 'x.com TRUE / TRUE 0 a b']) {
  test(`"${text.replaceAll('\t', '→')}" is no Netscape text`, () =>
    assert.throws(() => parseNetscape(text), { code: 'MF_ERR_COOKIES' }));
}

test('what is written is read again as it was', () => {
  const cookies = [
    { domain: '.x.com', name: 'a', value: 'b', path: '/', secure: true, httpOnly: true, expirationDate: 1_900_000_000 },
    { domain: 'x.com', name: 'c', value: '', path: '/p', secure: false, httpOnly: false, hostOnly: true },
  ];
  const text = formatNetscape(cookies);
  assert.match(text, /^# Netscape HTTP Cookie File\n/);
  const [first, second] = parseNetscape(text);
  const { hostOnly: _hostOnly, ...kept } = cookies[1] ?? {};
  assert.deepEqual([first, second], [cookies[0], kept]);
});

for (const field of ['name', 'value', 'domain', 'path'] as const) {
  for (const bad of ['a\tb', 'a\nb', 'a\rb', 'a\u0000b']) {
    test(`a ${field} with a control character (${JSON.stringify(bad)}) never reaches the file`, () => {
      const cookie = { domain: 'x.com', name: 'n', value: 'v', path: '/', [field]: bad };
      assert.throws(() => formatNetscape([cookie]), { code: 'MF_ERR_COOKIES' });
    });
  }
}

test("cookies of other sites are dropped; of the platform's hosts also those below", () => {
  const named = (domain: string) => ({ domain, name: domain, value: 'v' });
  const domains = [
    '.x.com',
    'x.com',
    'API.x.com',
    'evilx.com',
    'x.com.evil.example',
    '.com',
    '',
    'example.com',
    'twimg.com',
  ];
  const kept = selectCookies(domains.map(named), ['x.com', '.twimg.com']);
  assert.deepEqual(
    kept.map(({ domain }) => domain),
    ['.x.com', 'x.com', 'API.x.com', 'twimg.com'],
  );
  assert.throws(() => selectCookies([named('example.com')], ['x.com']), { code: 'MF_ERR_COOKIES' });
  assert.throws(() => selectCookies([], ['x.com']), { code: 'MF_ERR_COOKIES' });
});

test('the first end among the cookies is found, however far the others are', () => {
  const ends = (...list: (number | undefined)[]) =>
    list.map((expirationDate) => ({
      domain: 'x.com',
      name: 'n',
      value: 'v',
      ...(expirationDate !== undefined && { expirationDate }),
    }));
  assert.equal(earliestExpiry(ends(30, 20, undefined)), 20_000);
  assert.equal(earliestExpiry(ends(undefined)), undefined);
});

const { app } = await listenTestApp({ after });
const ann = await addPerson(app, 'ann');
const ben = await addPerson(app, 'ben');
const cookie = { domain: '.tiktok.com', name: 'sessionid', value: SECRET, expirationDate: 1_900_000_000 };
const save = async (cookies: unknown, platform = 'tiktok', person = ann) =>
  person.inject({ method: 'POST', url: '/api/cookies', payload: { platform, cookies } });

test('a browser’s list and Netscape text are both taken, and nothing ever returns a value', async () => {
  for (const cookies of [[cookie], formatNetscape([cookie])]) {
    const saved = await save(cookies);
    assert.equal(saved.statusCode, 200, saved.body);
    const { savedAt: _savedAt, ...status } = saved.json<Record<string, unknown>>();
    assert.deepEqual(status, {
      ...{ platform: 'tiktok', account: 'main', status: 'valid', count: 1, test: 'not-tested' },
      expiresAt: '2030-03-17T17:46:40.000Z',
    });
  }
  const answers = [
    await ann.inject({ url: '/api/cookies' }),
    await save([cookie]),
    await ann.inject({ url: `/api/downloads/${await submit(ann)}` }),
    await ann.inject({ url: '/api/downloads' }),
    await ann.inject({ url: '/api/openapi.json' }),
  ];
  for (const { body } of answers) assert.ok(!body.includes(SECRET));
  assert.deepEqual((await ben.inject({ url: '/api/cookies' })).json(), []);
});

test('only the job of their owner gets the cookies', async (t) => {
  await save([cookie]);
  const [mine, others] = [await submit(ann), await submit(ben)];
  const worker = await FakeWorker.connect(t, app);
  assert.match((await worker.next('assign', mine)).cookies ?? '', new RegExp(`sessionid\t${SECRET}`));
  assert.equal((await worker.next('assign', others)).cookies, undefined);
  assert.ok(!JSON.stringify(await recordOf(app, mine)).includes(SECRET));
});

for (const [what, cookies, platform, status, code] of [
  ['cookies of another site', [{ ...cookie, domain: 'example.com' }], 'tiktok', 422, 'MF_ERR_COOKIES'],
  ['a platform that is not there', [cookie], 'myspace', 422, 'MF_ERR_COOKIES'],
  ['text that is no cookie file', 'hello', 'tiktok', 422, 'MF_ERR_COOKIES'],
  ['an empty list', [], 'tiktok', 422, 'MF_ERR_COOKIES'],
  ['a number', 7, 'tiktok', 422, 'MF_ERR_COOKIES'],
  ['a cookie without a value', [{ domain: '.tiktok.com', name: 'a' }], 'tiktok', 400, 'MF_ERR_VALIDATION'],
  ['a cookie that ends after all time', [{ ...cookie, expirationDate: 1e300 }], 'tiktok', 200, ''],
  ['a line break in a value', [{ ...cookie, value: 'a\n.tiktok.com\tTRUE' }], 'tiktok', 422, 'MF_ERR_COOKIES'],
] as const) {
  test(`${what} is answered with ${status}`, async () => {
    const answer = await save(cookies, platform);
    if (status === 200) assert.equal(answer.statusCode, 200, answer.body);
    else assertProblem(answer, status, code);
    assert.ok(!answer.body.includes(SECRET));
  });
}

test('cookies that are forgotten are gone', async () => {
  await save([cookie]);
  assert.equal((await ann.inject({ method: 'DELETE', url: '/api/cookies/tiktok' })).statusCode, 204);
  assert.deepEqual((await ann.inject({ url: '/api/cookies' })).json(), []);
  assert.equal(await app.vault.cookiesFor(ann.id, 'tiktok'), undefined);
});

test('neither the database nor the log holds a cookie in the clear', async (t) => {
  const DATA_DIR = await mkdtemp(join(await makeDataDir(t), 'vault-'));
  const lines: string[] = [];
  const write = process.stdout.write.bind(process.stdout);
  process.stdout.write = (chunk: string | Uint8Array) => lines.push(String(chunk)) > 0;
  t.after(() => {
    process.stdout.write = write;
  });
  const own = await buildApp(loadConfig({ WORKERS: '0', LOG_LEVEL: 'trace', DATA_DIR }));
  const cleo = await addPerson(own, 'cleo');
  const saved = await save([cookie], 'tiktok', cleo);
  await save([{ ...cookie, domain: 'example.com' }], 'tiktok', cleo);
  await save([{ ...cookie, value: `${SECRET}\n` }], 'tiktok', cleo);
  await save([{ domain: SECRET }], 'tiktok', cleo);
  assert.match((await own.vault.cookiesFor(cleo.id, 'tiktok')) ?? '', new RegExp(SECRET));
  await own.close();
  process.stdout.write = write;
  assert.equal(saved.statusCode, 200);
  assert.ok(!lines.join('').includes(SECRET));
  const names = (await readdir(DATA_DIR, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  assert.ok(names.length > 2);
  for (const { parentPath, name } of names)
    assert.ok(!(await readFile(join(parentPath, name))).includes(SECRET), `${name} holds it`);
});
