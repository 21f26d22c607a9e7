import assert from 'node:assert/strict';
import { it } from 'node:test';
import { readMediaAddresses } from '../src/media-addresses.ts';

it('addresses come once, in a fixed order, photos at their original size', () => {
  const printed = [
    'https://video.twimg.com/ext_tw_video/9001/pu/vid/1280x720/b.mp4?tag=12',
    'https://pbs.twimg.com/media/P2.png?name=small',
    'https://pbs.twimg.com/media/P1?format=jpg&name=large',
    'https://pbs.twimg.com/media/P1?format=jpg&name=large',
  ];
  assert.deepEqual(readMediaAddresses(printed), [
    { url: 'https://pbs.twimg.com/media/P1.jpg?name=orig', kind: 'image', name: 'P1.jpg' },
    { url: 'https://pbs.twimg.com/media/P2.png?name=orig', kind: 'image', name: 'P2.png' },
    { url: printed[0], kind: 'video', name: 'b.mp4' },
  ]);
});

for (const address of [
  'https://evil.tld/media/P1.jpg',
  'https://pbs.twimg.com.evil.tld/P1.jpg',
  'http://pbs.twimg.com/media/P1.jpg',
  'https://pbs.twimg.com/media/..%2F..%2Fx.jpg',
  'https://pbs.twimg.com/media/P1.html',
  'Error retrieve tweet',
]) {
  it(`${address} is no medium of X`, () => {
    assert.throws(() => readMediaAddresses([address]), { code: 'MF_ERR_NO_MEDIA' });
  });
}
