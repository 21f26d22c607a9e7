import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { countFiles, createGalleryDlMeter } from '../../../src/tools/gallery-dl/progress-meter.ts';

describe('progress of gallery-dl', () => {
  const counts: readonly (readonly [string, Record<string, unknown>, number])[] = [
    ['X and Instagram', { count: 4 }, 4],
    ['TikTok slideshows', { imagePost: { images: [{}, {}, {}] } }, 3],
    ['Reddit galleries', { gallery_data: { items: [{}, {}] } }, 2],
    ['single files', { num: 0 }, 1],
    ['a count of nothing', { count: 0 }, 1],
  ];
  for (const [title, metadata, count] of counts) {
    it(`counts the files of ${title}`, () => assert.equal(countFiles(metadata), count));
  }

  it('goes through the files of a post one by one', () => {
    const meter = createGalleryDlMeter();
    meter.item({ count: 2 });
    assert.equal(meter.progress({ downloadedBytes: 1, speed: 1, fraction: 0.5 }).share, 0.25);
    assert.deepEqual(meter.file('/s/item0001_a.jpg'), { share: 0.5, filename: 'item0001_a.jpg' });
    meter.item({ count: 2 });
    assert.equal(meter.progress({ downloadedBytes: 1, speed: 1, fraction: 0.5 }).share, 0.75);
    assert.equal(meter.file('/s/item0002_b.jpg').share, 1);
  });

  it('never goes back when there are more files than were counted', () => {
    const meter = createGalleryDlMeter();
    const seen = Array.from({ length: 4 }, () => {
      meter.item({});
      meter.progress({ downloadedBytes: 1, speed: 1, fraction: 0.9 });
      return meter.file('/s/a.jpg').share ?? 0;
    });
    assert.deepEqual(
      seen,
      seen.toSorted((a, b) => a - b),
    );
  });

  it('tells bytes and the time that is left of a single file', () => {
    const meter = createGalleryDlMeter();
    meter.item({});
    assert.deepEqual(meter.progress({ downloadedBytes: 40, speed: 20, totalBytes: 100, fraction: 0.4 }), {
      share: 0.4,
      speed: 20,
      totalBytes: 100,
      eta: 3,
    });
  });
});
