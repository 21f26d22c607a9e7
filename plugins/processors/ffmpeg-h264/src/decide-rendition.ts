import type { ProbedFile, ProbedStream } from '@mediafetcher/sdk';

/** What has to be done to a video until every browser plays it; the less the better. */
export type Rendition = 'keep' | 'faststart' | 'remux' | 'transcode-audio' | 'transcode-video' | 'transcode';

/** H.264 that every browser decodes; a profile that is not told is taken for one of these. */
const PROFILES = ['Constrained Baseline', 'Baseline', 'Main', 'High'];

/**
 * Decides by the facts alone. What plays stays byte for byte. An index (`moov`) behind the media is moved to the front
 * without touching a frame: a browser that has to fetch the end of a file before its first picture starts late, and
 * behind some proxies never; the copy costs a tenth of a second, once.
 */
export function decideRendition(facts: ProbedFile): Rendition {
  const picture = facts.streams.find(({ type, attachedPicture }) => type === 'video' && !attachedPicture);
  const sound = facts.streams.find(({ type }) => type === 'audio');
  const pictureFits = picture !== undefined && isPlayableVideo(picture);
  const soundFits = sound === undefined || sound.codec === 'aac';
  if (!pictureFits) return soundFits ? 'transcode-video' : 'transcode';
  if (!soundFits) return 'transcode-audio';
  if (!isMp4(facts)) return 'remux';
  return facts.moovFirst === false ? 'faststart' : 'keep';
}

function isPlayableVideo({ codec, profile, pixelFormat }: ProbedStream): boolean {
  // 10 bits and 4:4:4 show up in the pixel format, not always in the profile.
  return codec === 'h264' && pixelFormat === 'yuv420p' && (profile === undefined || PROFILES.includes(profile));
}

function isMp4({ format, majorBrand }: ProbedFile): boolean {
  // ffprobe names QuickTime and MP4 alike: the brand tells them apart.
  return format.split(',').includes('mp4') && majorBrand !== undefined && majorBrand.trim() !== 'qt';
}
