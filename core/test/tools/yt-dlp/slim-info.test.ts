import assert from 'node:assert/strict';
import { it } from 'node:test';
import { slimInfo } from '../../../src/tools/yt-dlp/slim-info.ts';

it('an info document loses cookies, headers and captions, and keeps its formats', () => {
  const info = slimInfo({
    id: 'a',
    cookies: 'session=secret',
    http_headers: { Cookie: 'secret' },
    automatic_captions: { en: [] },
    formats: [{ format_id: '1', cookies: 'secret', vcodec: 'h264', fragments: [1, 2] }],
  });
  assert.deepEqual(info, { id: 'a', formats: [{ format_id: '1', vcodec: 'h264' }] });
});
