import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createYtDlpMeter } from '../../../src/tools/yt-dlp/progress-meter.ts';
import type { YtDlpMeter } from '../../../src/tools/yt-dlp/progress-meter.ts';

function shares(meter: YtDlpMeter, steps: readonly (readonly [string, number, number | undefined])[]): number[] {
  return steps.map(([filename, downloadedBytes, totalBytes]) => {
    const { share } = meter.progress({
      finished: false,
      filename,
      downloadedBytes,
      ...(totalBytes !== undefined && { totalBytes }),
    });
    return Math.round((share ?? -1) * 100);
  });
}

describe('progress of yt-dlp', () => {
  it('a single file goes from its first to its last byte', () => {
    const meter = createYtDlpMeter();
    meter.info({ id: 'a' });
    assert.deepEqual(
      shares(meter, [
        ['a.mp4', 0, 100],
        ['a.mp4', 50, 100],
        ['a.mp4', 100, 100],
      ]),
      [0, 49, 98],
    );
    assert.equal(meter.final().share, 1);
  });

  it('two streams count by their bytes', () => {
    const meter = createYtDlpMeter();
    meter.info({ requested_formats: [{ filesize: 900 }, { filesize_approx: 100 }] });
    assert.deepEqual(
      shares(meter, [
        ['a.f1.mp4', 450, 900],
        ['a.f1.mp4', 900, 900],
        ['a.f2.m4a', 50, 100],
        ['a.f2.m4a', 100, 100],
      ]),
      [44, 88, 93, 98],
    );
  });

  it('two streams of unknown size count the same', () => {
    const meter = createYtDlpMeter();
    meter.info({ requested_formats: [{}, { filesize: 100 }] });
    assert.deepEqual(
      shares(meter, [
        ['a.f1.mp4', 900, 900],
        ['a.f2.m4a', 50, 100],
      ]),
      [49, 74],
    );
  });

  it('never goes back, whatever the tool estimates', () => {
    const meter = createYtDlpMeter();
    meter.info({});
    const estimates = [1000, 4000, 2000, 800];
    const seen = estimates.map(
      (estimatedBytes) =>
        meter.progress({ finished: false, filename: 'a', downloadedBytes: 700, estimatedBytes }).share ?? 0,
    );
    assert.deepEqual(
      seen,
      seen.toSorted((a, b) => a - b),
    );
  });

  it('fragments count when bytes are only guessed', () => {
    const meter = createYtDlpMeter();
    meter.info({});
    const { share } = meter.progress({
      finished: false,
      estimatedBytes: 10,
      downloadedBytes: 9,
      fragmentIndex: 1,
      fragmentCount: 4,
    });
    assert.equal(share, 0.245);
  });

  it('says nothing of the share while the length is unknown', () => {
    const meter = createYtDlpMeter();
    meter.info({});
    assert.deepEqual(meter.progress({ finished: false, downloadedBytes: 5, speed: 3 }), { speed: 3 });
  });

  it('several entries share the whole', () => {
    const meter = createYtDlpMeter();
    meter.info({ n_entries: 4 });
    assert.deepEqual(shares(meter, [['1.mp4', 100, 100]]), [25]);
    assert.equal(meter.final().share, 0.25);
    meter.info({ n_entries: 4 });
    assert.deepEqual(shares(meter, [['2.mp4', 50, 100]]), [37]);
  });

  it('tells the exact size, and no guess', () => {
    const meter = createYtDlpMeter();
    meter.info({ filesize_approx: 5000 });
    assert.equal(meter.progress({ finished: false, downloadedBytes: 1, totalBytes: 4000 }).totalBytes, 4000);
    const merged = createYtDlpMeter();
    merged.info({ requested_formats: [{ filesize: 900 }, { filesize: 100 }] });
    const { totalBytes, eta } = merged.progress({
      finished: false,
      filename: 'a',
      downloadedBytes: 500,
      totalBytes: 900,
      speed: 100,
      eta: 4,
    });
    assert.deepEqual({ totalBytes, eta }, { totalBytes: 1000, eta: 5 });
  });

  it('tells the name without its folder', () => {
    const meter = createYtDlpMeter();
    meter.info({});
    assert.equal(meter.progress({ finished: false, filename: '/staging/1/a.mp4' }).filename, 'a.mp4');
  });
});
