import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ProbedFile, ProbedStream } from '@mediafetcher/sdk';
import { buildRenditionArguments } from '../src/build-arguments.ts';
import { isGoodResult } from '../src/check-result.ts';
import { decideRendition } from '../src/decide-rendition.ts';

const VIDEO: ProbedStream = {
  type: 'video',
  codec: 'h264',
  profile: 'High',
  pixelFormat: 'yuv420p',
  width: 720,
  height: 1280,
  rotation: 0,
  attachedPicture: false,
};
const AUDIO: ProbedStream = { type: 'audio', codec: 'aac', profile: 'LC', rotation: 0, attachedPicture: false };
const PERFECT: ProbedFile = {
  kind: 'video',
  format: 'mov,mp4,m4a,3gp,3g2,mj2',
  majorBrand: 'isom',
  duration: 4,
  size: 1000,
  streams: [VIDEO, AUDIO],
  moovFirst: true,
};
const video = (change: Partial<ProbedStream>): ProbedFile => ({
  ...PERFECT,
  streams: [{ ...VIDEO, ...change }, AUDIO],
});
const audio = (codec: string): ProbedFile => ({ ...PERFECT, streams: [VIDEO, { ...AUDIO, codec }] });
const { profile: _, ...NO_PROFILE } = VIDEO;
const { majorBrand: __, ...NO_BRAND } = PERFECT;
const MATROSKA = { ...PERFECT, format: 'matroska,webm' };

const CASES: readonly (readonly [about: string, facts: ProbedFile, decision: string])[] = [
  ['a perfect MP4', PERFECT, 'keep'],
  ['an MP4 without sound', { ...PERFECT, streams: [VIDEO] }, 'keep'],
  ['a rotated MP4', video({ rotation: 90 }), 'keep'],
  ['Baseline', video({ profile: 'Constrained Baseline' }), 'keep'],
  ['Main', video({ profile: 'Main' }), 'keep'],
  ['a profile that is not told', { ...PERFECT, streams: [NO_PROFILE, AUDIO] }, 'keep'],
  [
    'a cover picture beside',
    { ...PERFECT, streams: [{ ...VIDEO, codec: 'mjpeg', attachedPicture: true }, VIDEO, AUDIO] },
    'keep',
  ],
  ['moov at the end', { ...PERFECT, moovFirst: false }, 'faststart'],
  ['QuickTime', { ...PERFECT, majorBrand: 'qt  ' }, 'remux'],
  ['QuickTime with moov at the end', { ...PERFECT, majorBrand: 'qt  ', moovFirst: false }, 'remux'],
  ['no brand at all', NO_BRAND, 'remux'],
  ['H.264 in Matroska', MATROSKA, 'remux'],
  ['Opus in MP4', audio('opus'), 'transcode-audio'],
  ['MP3 in MP4', audio('mp3'), 'transcode-audio'],
  ['HEVC', video({ codec: 'hevc', profile: 'Main' }), 'transcode-video'],
  ['AV1', video({ codec: 'av1', profile: 'Main' }), 'transcode-video'],
  ['ten bits', video({ profile: 'High 10', pixelFormat: 'yuv420p10le' }), 'transcode-video'],
  [
    'ten bits in the pixel format only',
    { ...PERFECT, streams: [{ ...NO_PROFILE, pixelFormat: 'yuv420p10le' }] },
    'transcode-video',
  ],
  ['4:4:4', video({ profile: 'High 4:4:4 Predictive', pixelFormat: 'yuv444p' }), 'transcode-video'],
  [
    'VP9 and Opus in WebM',
    {
      ...MATROSKA,
      streams: [
        { ...VIDEO, codec: 'vp9' },
        { ...AUDIO, codec: 'opus' },
      ],
    },
    'transcode',
  ],
  ['VP9 without sound', { ...MATROSKA, streams: [{ ...VIDEO, codec: 'vp9' }] }, 'transcode-video'],
];

describe('what becomes of', () => {
  for (const [about, facts, decision] of CASES) {
    it(`${about}: ${decision}`, () => assert.equal(decideRendition(facts), decision));
  }
});

it('a copy touches no frame, and the index comes first', () => {
  const copied = buildRenditionArguments('faststart', '/in.mp4').join(' ');
  assert.match(copied, /-i file:\/in\.mp4 .*-c:v copy -c:a copy .*-movflags \+faststart/);
});

it('a picture that fits is copied when only the sound is wrong, and the other way round', () => {
  assert.match(buildRenditionArguments('transcode-audio', '/a').join(' '), /-c:v copy -c:a aac/);
  assert.match(buildRenditionArguments('transcode-video', '/a').join(' '), /-c:v libx264 .*-c:a copy/);
});

describe('a result', () => {
  it('that plays and lasts as long is good', () => assert.ok(isGoodResult(PERFECT, { ...MATROSKA, duration: 4.5 })));
  it('that is shorter is not', () => assert.ok(!isGoodResult(PERFECT, { ...MATROSKA, duration: 60 })));
  it('that lost its sound is not', () => assert.ok(!isGoodResult({ ...PERFECT, streams: [VIDEO] }, PERFECT)));
  it('that still needs work is not', () => assert.ok(!isGoodResult({ ...PERFECT, moovFirst: false }, PERFECT)));
});
