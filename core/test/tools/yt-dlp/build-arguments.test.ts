import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { buildYtDlpArguments, formatYtDlpConfig } from '../../../src/tools/yt-dlp/build-arguments.ts';
import type { YtDlpArgumentOptions } from '../../../src/tools/yt-dlp/build-arguments.ts';

function build(options: Partial<YtDlpArgumentOptions> = {}): readonly string[] {
  return buildYtDlpArguments({
    url: 'https://www.tiktok.com/@a/video/1',
    extractors: ['TikTok'],
    directory: '/staging/1',
    cacheDirectory: '/state/cache',
    maxFileBytes: 1000,
    nodePath: '/usr/bin/node',
    ...options,
  });
}

/** The item after an option. */
function valueOf(argv: readonly string[], name: string): string | undefined {
  const place = argv.indexOf(name);
  return place === -1 ? undefined : argv[place + 1];
}

describe('arguments of yt-dlp', () => {
  it('the address stands last, after two dashes, even when it looks like an option', () => {
    assert.deepEqual(build({ url: '--exec=evil', extra: ['--no-part'] }).slice(-3), ['--no-part', '--', '--exec=evil']);
  });

  it('only the named extractors may take the address', () => {
    assert.equal(valueOf(build({ extractors: ['Reddit', 'RedditR'] }), '--use-extractors'), 'Reddit,RedditR');
  });

  it('files are named by id, never by title', () => {
    const template = valueOf(build(), '-o') ?? '';
    assert.match(template, /%\(id\)/);
    assert.doesNotMatch(template, /title|uploader/);
  });

  it('Node solves the challenges of YouTube, and is not started for others', () => {
    assert.equal(valueOf(build({ extractors: ['youtube'] }), '--js-runtimes'), 'node:/usr/bin/node');
    assert.equal(valueOf(build(), '--js-runtimes'), undefined);
  });

  const configs: readonly (readonly [string, Parameters<typeof formatYtDlpConfig>[0], string | undefined])[] = [
    ['nothing', {}, undefined],
    ['a proxy', { proxy: 'socks5://u:p@h:1' }, "--proxy 'socks5://u:p@h:1'\n"],
    ['a header', { headers: { 'user-agent': 'A # "B": $C' } }, `--add-headers 'user-agent:A # "B": $C'\n`],
    ['a quote', { headers: { 'x-a': "it's" } }, `--add-headers 'x-a:it'"'"'s'\n`],
  ];
  for (const [what, options, text] of configs) {
    it(`a file of options holds ${what}`, () => assert.equal(formatYtDlpConfig(options), text));
  }

  const given: readonly (readonly [string, Partial<YtDlpArgumentOptions>, string])[] = [
    ['--max-filesize', { maxFileBytes: 4096 }, '4096'],
    ['--config-locations', { configFile: '/state/options.conf' }, '/state/options.conf'],
    ['--cookies', { cookiesFile: '/state/jar/cookies.txt' }, '/state/jar/cookies.txt'],
    ['--ffmpeg-location', { ffmpegPath: '/opt/ffmpeg' }, '/opt/ffmpeg'],
    ['--compat-options', { ownCa: true }, 'no-certifi'],
    ['-f', { format: 'ba' }, 'ba'],
    ['-P', { directory: '/staging/x y' }, '/staging/x y'],
  ];
  for (const [name, options, value] of given) {
    it(`${name} is given when there is something to give`, () => assert.equal(valueOf(build(options), name), value));
  }

  it('nothing is given that was not asked for', () => {
    for (const name of ['--proxy', '--config-locations', '--cookies', '--ffmpeg-location', '--compat-options', '-f']) {
      assert.ok(!build().includes(name), name);
    }
  });
});
