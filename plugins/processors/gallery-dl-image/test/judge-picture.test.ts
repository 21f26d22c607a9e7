import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { ProbedFile } from '@mediafetcher/sdk';
import { judgePicture } from '../src/judge-picture.ts';

const CASES: readonly (readonly [kind: ProbedFile['kind'], format: string, judgement: string])[] = [
  ['image', 'jpeg', 'shown'],
  ['image', 'png', 'shown'],
  ['image', 'webp', 'shown'],
  ['image', 'gif', 'shown'],
  ['image', 'avif', 'shown'],
  ['image', 'png_pipe', 'shown'],
  ['image', 'heic', 'kept'],
  ['image', 'tiff', 'kept'],
  ['image', 'svg+xml', 'no-picture'],
  ['video', 'mov,mp4', 'no-picture'],
  ['audio', 'mp3', 'no-picture'],
];
for (const [kind, format, judgement] of CASES) {
  it(`${kind} ${format} is ${judgement}`, () => {
    assert.equal(judgePicture({ kind, format, duration: 0, size: 1, streams: [] }), judgement);
  });
}
