import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { buildFfmpegArguments } from '../../../src/tools/ffmpeg/build-arguments.ts';
import { createFfmpegMeter, parseFfmpegTime } from '../../../src/tools/ffmpeg/parse-progress.ts';

describe('progress of ffmpeg', () => {
  const times: readonly (readonly [string, number | undefined])[] = [
    ['out_time_us=1500000', 1.5],
    ['out_time_ms=1500000', 1.5],
    ['out_time=00:01:02.500000', 62.5],
    ['out_time=-00:00:00.020000', 0],
    ['out_time_us=-20000', 0],
    ['out_time_us=N/A', undefined],
    ['out_time=N/A', undefined],
    ['frame=12', undefined],
    ['', undefined],
  ];
  for (const [line, seconds] of times) {
    it(`"${line}" is ${seconds ?? 'no time'}`, () => assert.equal(parseFfmpegTime(line), seconds));
  }

  it('grows to one and never goes back', () => {
    const meter = createFfmpegMeter(10);
    const lines = [
      'out_time_us=2000000',
      'out_time_us=1000000',
      'out_time_us=5000000',
      'out_time_us=99000000',
      'progress=end',
    ];
    assert.deepEqual(
      lines.map((line) => meter(line)),
      [0.2, undefined, 0.5, 1, undefined],
    );
  });

  it('without a duration only the end is told', () => {
    const meter = createFfmpegMeter(0);
    assert.deepEqual([meter('out_time_us=2000000'), meter('progress=end')], [undefined, 1]);
  });

  it('the output stands last', () => {
    assert.deepEqual(buildFfmpegArguments(['-i', '/a'], '/b.mp4').slice(-3), ['-i', '/a', '/b.mp4']);
  });
});
