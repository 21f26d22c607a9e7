import type { FileHandle } from 'node:fs/promises';
import type { ProbedFile, ProbedStream } from '@mediafetcher/sdk';
import { parseH264Sps } from './h264-sps.ts';
import { parseBoxHeader } from './mp4-boxes.ts';
import type { Mp4Box, Mp4Layout } from './mp4-boxes.ts';

/** ffprobe's name of the container. */
const FORMAT = 'mov,mp4,m4a,3gp,3g2,mj2';
const BRANDS = new Set(['isom', 'iso2', 'iso4', 'iso5', 'iso6', 'mp41', 'mp42', 'avc1']);
const MAX_MOOV_BYTES = 4_000_000;
/** The matrix of a picture that is shown as it lies. */
const IDENTITY = '000100000000000000000000000000000001000000000000000000000000000040000000';

/**
 * Reads what ffprobe would tell of a plain film: one H.264 picture as phones and browsers play it, with or without one AAC sound.
 * @returns undefined for anything else, and anything odd: ffprobe has the last word then
 */
export async function readPlainMp4(file: FileHandle, size: number, layout: Mp4Layout): Promise<ProbedFile | undefined> {
  const { boxes, majorBrand = '', moovFirst } = layout;
  const [moov, ...others] = boxes.filter(({ type }) => type === 'moov');
  const fragments = boxes.some(({ type }) => type === 'moof' || type === 'sidx');
  if (moov === undefined || others.length > 0 || fragments || !BRANDS.has(majorBrand)) return undefined;
  if (moov.size > MAX_MOOV_BYTES) return undefined;
  const { buffer, bytesRead } = await file.read(Buffer.alloc(moov.size), 0, moov.size, moov.offset);
  const film = bytesRead === moov.size ? parseSafely(new Box(moov, buffer)) : undefined;
  const [picture] = film?.streams.filter(({ type }) => type === 'video') ?? [];
  if (film === undefined || picture?.width === undefined || picture.height === undefined) return undefined;
  const { width, height } = picture;
  return { kind: 'video', format: FORMAT, ...film, size, majorBrand, moovFirst, width, height };
}

/** A box with its bytes. */
class Box {
  readonly type: string;
  readonly body: Buffer;

  constructor({ type }: Pick<Mp4Box, 'type'>, bytes: Buffer) {
    this.type = type;
    this.body = bytes.subarray(bytes.readUInt32BE(0) === 1 ? 16 : 8);
  }

  /** Boxes inside, from an offset on; undefined when they do not fill it. */
  children(from = 0): Box[] | undefined {
    const boxes: Box[] = [];
    let at = from;
    while (at < this.body.length) {
      const rest = this.body.subarray(at);
      const header = parseBoxHeader(rest.subarray(0, 16), 0, rest.length);
      if (header === undefined || header.size > rest.length) return undefined;
      boxes.push(new Box(header, rest.subarray(0, header.size)));
      at += header.size;
    }
    return boxes;
  }

  /** The one box of that path; undefined when there is none or more than one. */
  only(...path: readonly string[]): Box | undefined {
    const [type, ...rest] = path;
    if (type === undefined) return this;
    const found = this.children()?.filter((box) => box.type === type) ?? [];
    return found.length === 1 ? found[0]?.only(...rest) : undefined;
  }
}

function parseSafely(moov: Box): ReturnType<typeof parseMoov> {
  try {
    return parseMoov(moov);
  } catch (error) {
    // A box is shorter than its kind must be.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function parseMoov(moov: Box): Pick<ProbedFile, 'duration' | 'streams'> | undefined {
  const boxes = moov.children();
  const header = moov.only('mvhd');
  if (boxes === undefined || header === undefined) return undefined;
  const known = boxes.every(({ type }) => ['mvhd', 'trak', 'udta', 'iods', 'free'].includes(type));
  // A cover in the tags is a picture of its own.
  const cover = boxes.some(({ type, body }) => type === 'udta' && body.includes('covr', 0, 'latin1'));
  const duration = durationOf(header.body);
  const streams = boxes.filter(({ type }) => type === 'trak').map(parseTrack);
  const kinds = streams
    .map((stream) => stream?.type)
    .sort()
    .join();
  if (!known || cover || duration === undefined || (kinds !== 'video' && kinds !== 'audio,video')) return undefined;
  return { duration, streams: streams.filter((stream) => stream !== undefined) };
}

/** Seconds, of a movie header. */
function durationOf(body: Buffer): number | undefined {
  if (body.length < 100 || body[0] !== 0) return undefined;
  const [scale, duration] = [body.readUInt32BE(12), body.readUInt32BE(16)];
  return scale === 0 || duration === 0 || duration === 0xffffffff ? undefined : duration / scale;
}

function parseTrack(track: Box): ProbedStream | undefined {
  const kinds = track.children()?.map(({ type }) => type) ?? [];
  const header = track.only('tkhd')?.body;
  const handler = track.only('mdia', 'hdlr')?.body.toString('latin1', 8, 12);
  const table = track.only('mdia', 'minf', 'stbl', 'stsd');
  if (header === undefined || table === undefined || kinds.includes('tref')) return undefined;
  if (header[0] !== 0 || header.length < 84 || header.toString('hex', 40, 76) !== IDENTITY) return undefined;
  if (kinds.includes('edts') && !hasPlainEdit(track.only('edts', 'elst')?.body)) return undefined;
  if (table.body.readUInt32BE(4) !== 1) return undefined;
  const [entry] = table.children(8) ?? [];
  if (handler === 'vide' && entry?.type === 'avc1') return parsePicture(entry);
  return handler === 'soun' && entry?.type === 'mp4a' ? parseSound(entry) : undefined;
}

/** One edit that shows the track from some point on, at its own speed. */
function hasPlainEdit(list: Buffer | undefined): boolean {
  return list?.length === 20 && list[0] === 0 && list.readUInt32BE(4) === 1 && list.readInt32BE(12) >= 0;
}

function parsePicture(entry: Box): ProbedStream | undefined {
  const boxes = entry.body.length < 78 ? undefined : entry.children(78);
  const configurations = boxes?.filter(({ type }) => type === 'avcC') ?? [];
  const colours = boxes?.filter(({ type }) => type === 'colr') ?? [];
  const [configuration] = configurations;
  if (configuration === undefined || configurations.length > 1 || colours.some(isFullRange)) return undefined;
  const { body } = configuration;
  if (body.length < 8 || body[0] !== 1 || ((body[5] ?? 0) & 0x1f) !== 1) return undefined;
  const picture = parseH264Sps(body.subarray(8, 8 + body.readUInt16BE(6)));
  const [width, height] = [entry.body.readUInt16BE(24), entry.body.readUInt16BE(26)];
  if (picture === undefined || picture.width !== width || picture.height !== height) return undefined;
  const { profile } = picture;
  return {
    ...({ type: 'video', codec: 'h264', rotation: 0, attachedPicture: false } as const),
    ...{ profile, pixelFormat: 'yuv420p', width, height },
  };
}

function isFullRange({ body }: Box): boolean {
  return body.toString('latin1', 0, 4) === 'nclx' && ((body[10] ?? 0) & 0x80) !== 0;
}

/** AAC-LC and nothing beyond: with spectral band replication the decoder has another word for it. */
function parseSound(entry: Box): ProbedStream | undefined {
  if (entry.body.length < 28 || entry.body.readUInt16BE(8) !== 0) return undefined;
  const [descriptor] = entry.children(28)?.filter(({ type }) => type === 'esds') ?? [];
  const configuration = descriptor === undefined ? undefined : readAudioConfiguration(descriptor.body);
  if (configuration === undefined || configuration.length < 2) return undefined;
  const bits = configuration.readUInt16BE(0);
  const [objectType, frequency] = [bits >> 11, (bits >> 7) & 0xf];
  // Below 32 kHz the band may be replicated without a word.
  const plain = objectType === 2 && frequency <= 5 && !saysReplication(configuration);
  if (!plain) return undefined;
  return { type: 'audio', codec: 'aac', rotation: 0, attachedPicture: false, profile: 'LC' };
}

/** The extension that encoders append: sync word 0x2b7, type 5, and whether it is there. */
function saysReplication(configuration: Buffer): boolean {
  if (configuration.length === 2) return false;
  const says = configuration.length >= 5 && configuration[2] === 0x56 && configuration[3] === 0xe5;
  return !(says && ((configuration[4] ?? 0) & 0x80) === 0);
}

/** The decoder's own part of an MPEG-4 elementary stream descriptor (ISO/IEC 14496-1, 7.2.6). */
function readAudioConfiguration(body: Buffer): Buffer | undefined {
  const stream = readDescriptor(body.subarray(4), 0x03);
  if (stream === undefined || stream.length < 3 || stream[2] !== 0) return undefined;
  const decoder = readDescriptor(stream.subarray(3), 0x04);
  if (decoder === undefined || decoder.length < 13 || decoder[0] !== 0x40) return undefined;
  return readDescriptor(decoder.subarray(13), 0x05);
}

/** A descriptor's body: its length stands in groups of seven bits. */
function readDescriptor(bytes: Buffer, tag: number): Buffer | undefined {
  if (bytes[0] !== tag) return undefined;
  let length = 0;
  for (let at = 1; at <= 4; at += 1) {
    const byte = bytes[at] ?? 0;
    length = length * 128 + (byte & 0x7f);
    if ((byte & 0x80) === 0)
      return bytes.length < at + 1 + length ? undefined : bytes.subarray(at + 1, at + 1 + length);
  }
  return undefined;
}
