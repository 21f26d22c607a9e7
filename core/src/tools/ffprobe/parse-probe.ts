import type { ProbedFile, ProbedStream } from '@mediafetcher/sdk';
import type { Mp4Layout } from './mp4-boxes.ts';

/** ffprobe's names of containers that are media for us; a playlist or a text that it plays is not. */
const CONTAINERS =
  /^(?:mov|mp4|m4a|3gp|3g2|mj2|matroska|webm|mp3|aac|ogg|wav|flac|mpegts|flv|avi|asf|amr|caf|gif|image2|(?:jpeg|png|webp|bmp|tiff|gif|jpegxl|avif|heif)(?:_pipe)?)$/;

interface RawStream {
  readonly codec_type?: unknown;
  readonly codec_name?: unknown;
  readonly profile?: unknown;
  readonly pix_fmt?: unknown;
  readonly width?: unknown;
  readonly height?: unknown;
  readonly duration?: unknown;
  readonly disposition?: { readonly attached_pic?: unknown };
  readonly tags?: { readonly rotate?: unknown };
  readonly side_data_list?: readonly { readonly rotation?: unknown }[];
}

interface RawProbe {
  readonly format?: {
    readonly format_name?: unknown;
    readonly duration?: unknown;
    readonly tags?: { readonly major_brand?: unknown };
  };
  readonly streams?: readonly RawStream[];
}

export interface ProbeFacts {
  readonly size: number;
  readonly layout?: Mp4Layout;
}

/** Reads ffprobe's JSON; undefined when the file is no media. */
export function parseProbe(json: string, { size, layout }: ProbeFacts): ProbedFile | undefined {
  const probe = parseJson(json);
  const format = probe?.format?.format_name;
  if (probe === undefined || typeof format !== 'string' || !isContainer(format)) return undefined;
  const raw = probe.streams ?? [];
  const streams = raw.map(parseStream);
  const kind = kindOf(format, streams);
  if (kind === undefined) return undefined;
  const picture = streams.find(({ type, attachedPicture }) => type === 'video' && !attachedPicture);
  const brand = layout?.majorBrand ?? probe.format?.tags?.major_brand;
  const isMp4 = format.split(',').includes('mp4');
  return {
    kind,
    format,
    duration: kind === 'image' ? 0 : durationOf(probe, raw),
    size,
    streams,
    ...(typeof brand === 'string' && { majorBrand: brand }),
    ...(isMp4 && layout !== undefined && { moovFirst: layout.moovFirst }),
    ...(picture?.width !== undefined && { width: picture.width }),
    ...(picture?.height !== undefined && { height: picture.height }),
  };
}

function parseJson(json: string): RawProbe | undefined {
  try {
    const value: unknown = JSON.parse(json);
    // ffprobe's document; every field is checked where it is read.
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined; // Printed nothing, or half of it.
  }
}

function isContainer(format: string): boolean {
  return format.split(',').some((name) => CONTAINERS.test(name));
}

const IMAGE_CONTAINER = /^(?:image2|gif|\w+_pipe)$/;

function kindOf(format: string, streams: readonly ProbedStream[]): ProbedFile['kind'] | undefined {
  const moving = streams.some(({ type, attachedPicture }) => type === 'video' && !attachedPicture);
  if (moving) return IMAGE_CONTAINER.test(format) ? 'image' : 'video';
  return streams.some(({ type }) => type === 'audio') ? 'audio' : undefined;
}

function parseStream(raw: RawStream): ProbedStream {
  const rotation = rotationOf(raw);
  const turned = rotation === 90 || rotation === 270;
  const [width, height] = turned ? [raw.height, raw.width] : [raw.width, raw.height];
  return {
    type: raw.codec_type === 'video' || raw.codec_type === 'audio' ? raw.codec_type : 'other',
    codec: typeof raw.codec_name === 'string' ? raw.codec_name : 'unknown',
    rotation,
    attachedPicture: raw.disposition?.attached_pic === 1,
    ...(typeof raw.profile === 'string' && { profile: raw.profile }),
    ...(typeof raw.pix_fmt === 'string' && { pixelFormat: raw.pix_fmt }),
    ...(typeof width === 'number' && width > 0 && { width }),
    ...(typeof height === 'number' && height > 0 && { height }),
  };
}

/** Clockwise; ffprobe's side data counts the other way round, the old tag does not. */
function rotationOf({ side_data_list: sideData = [], tags }: RawStream): number {
  const counter = sideData.map(({ rotation }) => rotation).find((rotation) => typeof rotation === 'number');
  const clockwise = counter === undefined ? Number(tags?.rotate ?? 0) : -counter;
  if (!Number.isFinite(clockwise)) return 0;
  return (((Math.round(clockwise / 90) * 90) % 360) + 360) % 360;
}

function durationOf(probe: RawProbe, streams: readonly RawStream[]): number {
  const seconds = [probe.format?.duration, ...streams.map(({ duration }) => duration)].map(Number);
  const [whole = Number.NaN, ...parts] = seconds;
  if (Number.isFinite(whole) && whole > 0) return whole;
  return Math.max(0, ...parts.filter(Number.isFinite));
}
