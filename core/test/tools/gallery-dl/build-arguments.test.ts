import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { buildGalleryDlArguments, formatGalleryDlConfig } from '../../../src/tools/gallery-dl/build-arguments.ts';
import type { GalleryDlArgumentOptions } from '../../../src/tools/gallery-dl/build-arguments.ts';

function build(options: Partial<GalleryDlArgumentOptions> = {}): readonly string[] {
  return buildGalleryDlArguments({
    url: 'https://x.com/a/status/1',
    directory: '/staging/1',
    cacheFile: '/state/cache.sqlite3',
    maxFileBytes: 1000,
    slow: true,
    ...options,
  });
}

/** All `-o` settings. */
function settings(argv: readonly string[]): readonly string[] {
  return argv.filter((_, place) => argv[place - 1] === '-o');
}

describe('arguments of gallery-dl', () => {
  it('the address stands last, after two dashes', () => {
    assert.deepEqual(build({ url: '-o evil', extra: ['--no-part'] }).slice(-3), ['--no-part', '--', '-o evil']);
  });

  it('the jar of a person is never rewritten', () => assert.ok(settings(build()).includes('cookies-update=false')));

  it('it gives up at a rate limit instead of waiting', () => assert.ok(settings(build()).includes('ratelimit=abort')));

  it('it keeps the pauses between requests, but for a stand-in of a platform', () => {
    assert.ok(!settings(build()).includes('sleep-request=0'));
    assert.ok(settings(build({ slow: false })).includes('sleep-request=0'));
  });

  it('files are named by number and by the CDN, never by the caption', () => {
    const name = settings(build()).find((setting) => setting.startsWith('extractor.filename=')) ?? '';
    assert.match(name, /num/);
    assert.doesNotMatch(name, /title|content|desc/);
  });

  it('the yt-dlp inside is told ffmpeg, limit and certificates too', () => {
    const argv = build({ ffmpegPath: '/opt/ffmpeg', ownCa: true });
    const inside = settings(argv).filter((setting) => setting.startsWith('downloader.ytdl.raw-options.'));
    assert.deepEqual(
      inside.map((setting) => setting.slice('downloader.ytdl.raw-options.'.length)),
      ['max_filesize=1000', 'ffmpeg_location="/opt/ffmpeg"', 'compat_opts=["no-certifi"]'],
    );
  });

  it('a file of options and cookies are given when there are some', () => {
    const argv = build({ configFile: '/state/options.conf', cookiesFile: '/jar' });
    assert.equal(argv[argv.indexOf('-c') + 1], '/state/options.conf');
    assert.equal(argv[argv.indexOf('--cookies') + 1], '/jar');
    assert.ok(!build().includes('-c') && !build().includes('--cookies'));
  });

  it('proxy and headers stand in a file', () => {
    assert.equal(formatGalleryDlConfig({}), undefined);
    const headers = { 'x-a': 'b"c' };
    assert.deepEqual(JSON.parse(formatGalleryDlConfig({ proxy: 'http://u:p@h:1', headers }) ?? ''), {
      extractor: { proxy: 'http://u:p@h:1', headers },
      downloader: { ytdl: { 'raw-options': { http_headers: headers } } },
    });
  });
});
