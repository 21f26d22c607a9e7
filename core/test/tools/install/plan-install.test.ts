import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { CodedError } from '../../../src/errors.ts';
import { installFfmpeg, planInstall } from '../../../src/tools/index.ts';
import type { HostSystem, Installable } from '../../../src/tools/index.ts';

const system = (osRelease: string, root: boolean, platform: NodeJS.Platform = 'linux'): HostSystem => ({
  platform,
  osRelease,
  root,
});
const DEBIAN = 'PRETTY_NAME="Debian GNU/Linux 12"\nID=debian\n';
const MINT = 'ID=linuxmint\nID_LIKE="ubuntu debian"\n';
const ALPINE = 'NAME="Alpine Linux"\nID=alpine\n';

const APT_FFMPEG = 'apt-get update && apt-get install -y --no-install-recommends ffmpeg';

describe('installing', () => {
  const cases: readonly (readonly [string, Installable, HostSystem, string, boolean])[] = [
    ['Debian as root', 'ffmpeg', system(DEBIAN, true), APT_FFMPEG, true],
    [
      'Debian as a person',
      'ffmpeg',
      system(DEBIAN, false),
      'sudo apt-get update && sudo apt-get install -y --no-install-recommends ffmpeg',
      false,
    ],
    ['a child of Ubuntu', 'ffmpeg', system(MINT, true), APT_FFMPEG, true],
    ['Alpine as root', 'ffmpeg', system(ALPINE, true), 'apk add --no-cache ffmpeg', true],
    ['macOS', 'ffmpeg', system('', false, 'darwin'), 'brew install ffmpeg', true],
    ['macOS as root', 'ffmpeg', system('', true, 'darwin'), 'brew install ffmpeg', false],
    [
      'Python on Debian',
      'python',
      system(DEBIAN, true),
      'apt-get update && apt-get install -y --no-install-recommends python3 python3-venv',
      true,
    ],
    ['Python on Alpine', 'python', system(ALPINE, false), 'sudo apk add --no-cache python3 py3-pip', false],
  ];
  for (const [title, what, host, text, allowed] of cases) {
    it(`${what}, ${title}: ${text}`, () => {
      const plan = planInstall(what, host);
      assert.ok(isDeepStrictEqual([plan?.text, plan?.allowed], [text, allowed]), JSON.stringify(plan));
    });
  }

  it('an unknown system has no plan', () => assert.equal(planInstall('ffmpeg', system('ID=plan9', true)), undefined));

  it('who may not install is told the command', async () => {
    const { signal } = new AbortController();
    await assert.rejects(installFfmpeg({ signal, system: system(ALPINE, false) }), (error) => {
      assert.ok(error instanceof CodedError);
      assert.deepEqual([error.code, error.help], ['MF_ERR_TOOL_MISSING', 'sudo apk add --no-cache ffmpeg']);
      return true;
    });
  });
});
