import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { isPluginError } from '@mediafetcher/sdk';
import { parseTwmdLine } from '../../../src/tools/twmd/parse-line.ts';
import { makeFolder, writeProgram } from '../temporary-folder.ts';
import { toolsOf } from '../tools-of.ts';

const POST = { postId: '1700000000000000001' };

function hasCode(code: string): (error: unknown) => boolean {
  return (error) => isPluginError(error) && error.code === code;
}

/** What twmd 1.14.2 was seen to say. */
const RECORDED: readonly (readonly [string, string, string])[] = [
  ['gone, protected or not for all ages', 'echo "Error retrieve tweet"', 'MF_ERR_NOT_FOUND'],
  ['a refusal', `echo 'response status 429 Too Many Requests: {"errors":[]}'; exit 1`, 'MF_ERR_RATE_LIMITED'],
  ['a text post', ':', 'MF_ERR_NO_MEDIA'],
  ['a prompt for cookies', 'echo "Invalid cookies. Please try again."; read line', 'MF_ERR_LOGIN_REQUIRED'],
  ['a loop of refused cookies', 'while :; do echo "Bad Cookies."; done', 'MF_ERR_LOGIN_REQUIRED'],
];

describe('twmd', () => {
  it('resolves a post to its addresses', async (t) => {
    const folder = await makeFolder(t);
    const script = `echo "$*" > "${folder}/argv"; echo https://video.twimg.com/a/b.mp4; echo https://pbs.twimg.com/media/P1.jpg`;
    const twmd = await writeProgram(folder, 'twmd', script);
    const { tools } = toolsOf(folder, { paths: { twmd }, proxy: 'http://127.0.0.1:8100' });
    assert.deepEqual(await tools.twmd(POST), ['https://video.twimg.com/a/b.mp4', 'https://pbs.twimg.com/media/P1.jpg']);
    assert.equal(await readFile(join(folder, 'argv'), 'utf8'), `-B -t ${POST.postId} -z -p http://127.0.0.1:8100\n`);
  });

  for (const [title, script, code] of RECORDED) {
    it(`${title} is ${code}`, async (t) => {
      const folder = await makeFolder(t);
      const twmd = await writeProgram(folder, 'twmd', script);
      await assert.rejects(toolsOf(folder, { paths: { twmd } }).tools.twmd(POST), hasCode(code));
    });
  }

  it('works in a private folder that goes with it', async (t) => {
    const folder = await makeFolder(t);
    const twmd = await writeProgram(folder, 'twmd', `touch twmd_cookies.json; echo https://a.example/b.mp4`);
    await toolsOf(folder, { paths: { twmd } }).tools.twmd(POST);
    assert.deepEqual(await readdir(join(folder, 'state')), []);
  });

  it('is missing when nobody installed it', async (t) => {
    const folder = await makeFolder(t);
    await assert.rejects(toolsOf(folder, { paths: {} }).tools.twmd(POST), hasCode('MF_ERR_TOOL_MISSING'));
  });

  it('takes nothing but a number', async (t) => {
    const folder = await makeFolder(t);
    const { tools } = toolsOf(folder, { paths: { twmd: '/bin/true' } });
    await assert.rejects(tools.twmd({ postId: '-u evil' }), hasCode('MF_ERR_UNSUPPORTED'));
  });

  const lines = {
    'https://pbs.twimg.com/media/a.jpg': 'address',
    'Enter cookies string: ': 'prompt',
    'Bad Cookies.': 'prompt',
    'auth_token cookie: ': 'prompt',
    false: 'prompt',
    'Downloaded a.jpg': 'other',
  };
  for (const [line, kind] of Object.entries(lines)) {
    it(`"${line}" is ${kind}`, () => assert.equal(parseTwmdLine(line).kind, kind));
  }
});
