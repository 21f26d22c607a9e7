import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseProbe } from '../../../src/tools/ffprobe/parse-probe.ts';

const VIDEO = { codec_type: 'video', codec_name: 'h264', width: 1920, height: 1080 };

function probe(streams: readonly object[], format: object = { format_name: 'mov,mp4,m4a,3gp,3g2,mj2' }) {
  return parseProbe(JSON.stringify({ format, streams }), { size: 10 });
}

describe('the document of ffprobe', () => {
  const rotations: readonly (readonly [string, object, number])[] = [
    ['side data counts against the clock', { side_data_list: [{ rotation: -90 }] }, 90],
    ['side data of a half turn', { side_data_list: [{ rotation: -180 }] }, 180],
    ['side data of a quarter turn', { side_data_list: [{ rotation: 90 }] }, 270],
    ['the old tag counts with the clock', { tags: { rotate: '90' } }, 90],
    ['nothing said', {}, 0],
    ['side data without a rotation', { side_data_list: [{}] }, 0],
  ];
  for (const [title, facts, rotation] of rotations) {
    it(`${title}: ${rotation}`, () => {
      const probed = probe([{ ...VIDEO, ...facts }]);
      assert.ok(probed);
      assert.equal(probed.streams[0]?.rotation, rotation);
      assert.equal(probed.width, rotation % 180 === 0 ? 1920 : 1080);
    });
  }

  it('a duration may stand in a stream only', () => {
    assert.equal(probe([{ ...VIDEO, duration: '3.5' }])?.duration, 3.5);
    assert.equal(probe([VIDEO], { format_name: 'mp4', duration: 'N/A' })?.duration, 0);
  });

  const foreign = ['tty', 'hls', 'concat', 'ass', 'lrc', 'ffmetadata', 'rawvideo'];
  for (const name of foreign) {
    it(`${name} is no container of media`, () => assert.equal(probe([VIDEO], { format_name: name }), undefined));
  }

  it('no stream, no media', () => assert.equal(probe([]), undefined));
  it('half a document is none', () => assert.equal(parseProbe('{"streams": [', { size: 1 }), undefined));
});
