import assert from 'node:assert/strict';
import { join } from 'node:path';
import test from 'node:test';
import { listCookieValues, redactWords, removeSecrets } from '../../src/tools/failure/redact-log.ts';
import { appendRun, formatRun, readRunLog, RUN_LOG_LIMIT } from '../../src/tools/run-log.ts';
import type { LoggedRun } from '../../src/tools/run-log.ts';
import { makeFolder } from './temporary-folder.ts';

const run = (stderr: string, stdout = ''): LoggedRun => ({
  tool: 'yt-dlp',
  arguments: ['--proxy', 'http://ann:pass@proxy.example:3128', '--', 'https://x.com/a?token=1'],
  outcome: { exitCode: 1, stdout, stderr, missing: false },
  seconds: 1.2,
});

test('a run is shown with its command, its end and its words, without documents and progress', () => {
  const stdout = '{"title": "a post"}\nPROG {"status": 1}\nFINAL {}\n[download] 100%\nA word.\n[[-1, {}]]';
  assert.equal(
    formatRun(run('ERROR: [twitter] 1: Suspended\n', stdout)),
    '$ yt-dlp --proxy http://proxy.example:3128 -- https://x.com/a?…\nA word.\nERROR: [twitter] 1: Suspended\n→ exit 1, 1.2 s\n\n',
  );
});

test('a flood leaves a log of bounded size, with its beginning and its end', async (t) => {
  const file = join(await makeFolder(t), 'tools.log');
  for (let count = 0; count < 30; count += 1)
    await appendRun(file, run(`begin ${count} ${'x'.repeat(50_000)} end ${count}`));
  const log = await readRunLog(file);
  assert.ok(log.length <= RUN_LOG_LIMIT);
  assert.match(log, /begin 0 /);
  assert.match(log, /lines are left out/);
});

test('without a file there is no log, and no failure', async (t) => {
  await appendRun(undefined, run('words'));
  await appendRun('/nowhere/at/all/tools.log', run('words'));
  assert.equal(await readRunLog(join(await makeFolder(t), 'none.log')), '');
});

for (const [text, expected] of [
  ['Cookie: a=b; c=d', 'Cookie: [removed]'],
  ["'Set-Cookie': 'sessionid=abc'", "'Set-Cookie': '[removed]'"],
  ['authorization: Bearer abc', 'authorization: [removed]'],
  ['see https://cdn.example/a.mp4?sig=1&x=2 there', 'see https://cdn.example/a.mp4?… there'],
  ['socks5://ann:secret@10.0.0.1:1080', 'socks5://10.0.0.1:1080'],
  ['body sessionid=abc&next=1', 'body sessionid=[removed]&next=1'],
  ['HTTP Error 404: Not Found', 'HTTP Error 404: Not Found'],
] as const) {
  test(`"${text}" is shown as "${expected}"`, () => assert.equal(redactWords(text), expected));
}

test('known secrets go in every spelling; short ones are words', () => {
  const jar = '# Netscape\n.x.com\tTRUE\t/\tTRUE\t0\tauth_token\ta b%3Ac"d\n.x.com\tTRUE\t/\tTRUE\t0\tlang\ten\n';
  const values = listCookieValues(jar);
  assert.deepEqual(values, ['a b%3Ac"d', 'en']);
  const text = 'a b%3Ac"d · a%20b%253Ac%22d · a b:c"d · a b%3Ac\\"d · then';
  assert.equal(removeSecrets(text, values), '[removed] · [removed] · [removed] · [removed] · then');
});
