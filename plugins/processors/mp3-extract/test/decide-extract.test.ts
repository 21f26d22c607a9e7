import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { ProbedFile, ProbedStream } from '@mediafetcher/sdk';
import { buildExtractArguments, decideExtract } from '../src/decide-extract.ts';

const sound = (codec: string): ProbedStream => ({ type: 'audio', codec, rotation: 0, attachedPicture: false });
const PICTURE: ProbedStream = { type: 'video', codec: 'h264', rotation: 0, attachedPicture: false };
const file = (kind: ProbedFile['kind'], format: string, ...streams: readonly ProbedStream[]): ProbedFile => ({
  kind,
  format,
  streams,
  duration: 4,
  size: 1,
});

const CASES: readonly (readonly [about: string, facts: ProbedFile, audioOnly: boolean, decision: string])[] = [
  ['an MP3', file('audio', 'mp3', sound('mp3')), false, 'keep'],
  ['an MP3, sound only', file('audio', 'mp3', sound('mp3')), true, 'keep'],
  ['an M4A', file('audio', 'mov,mp4,m4a,3gp,3g2,mj2', sound('aac')), false, 'extract'],
  ['Opus', file('audio', 'matroska,webm', sound('opus')), false, 'extract'],
  ['MP3 in Matroska', file('audio', 'matroska,webm', sound('mp3')), false, 'extract'],
  ['a video', file('video', 'mov,mp4', PICTURE, sound('aac')), false, 'keep'],
  ['a video, sound only', file('video', 'mov,mp4', PICTURE, sound('aac')), true, 'extract'],
  ['a silent video, sound only', file('video', 'mov,mp4', PICTURE), true, 'no-sound'],
  ['a picture, sound only', file('image', 'jpeg'), true, 'keep'],
];
for (const [about, facts, audioOnly, decision] of CASES) {
  it(`${about}: ${decision}`, () => assert.equal(decideExtract(facts, audioOnly), decision));
}

it('the bit rate is 192 kbit/s and the picture stays behind', () => {
  assert.match(buildExtractArguments('/in.m4a').join(' '), /-vn .*-c:a libmp3lame -b:a 192k/);
});
