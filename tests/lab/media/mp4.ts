/** Box surgery on MP4 files, as far as the lab needs it. */

interface Box {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

const boxesIn = (bytes: Buffer, from: number, to: number): Box[] => {
  const boxes: Box[] = [];
  let at = from;
  while (at + 8 <= to) {
    const size = bytes.readUInt32BE(at);
    const end = size === 1 ? at + Number(bytes.readBigUInt64BE(at + 8)) : size === 0 ? to : at + size;
    boxes.push({ type: bytes.toString('latin1', at + 4, at + 8), start: at, end });
    at = end;
  }
  return boxes;
};

/** A `free` box with `text` in it: appended to an MP4 it changes the hash and nothing else. */
export const buildFreeBox = (text: string): Buffer => {
  const body = Buffer.from(text);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + body.length, 0);
  head.write('free', 4, 'latin1');
  return Buffer.concat([head, body]);
};

/** Types of the top-level boxes in order, e.g. `ftyp moov mdat`. */
export const topLevelBoxes = (bytes: Buffer): string[] => boxesIn(bytes, 0, bytes.length).map((box) => box.type);

/** Writes a display matrix of 90 degrees clockwise into the first track, as a phone does that was held upright. */
export const rotateFirstTrack = (bytes: Buffer): Buffer => {
  const moov = boxesIn(bytes, 0, bytes.length).find((box) => box.type === 'moov');
  const track = moov && boxesIn(bytes, moov.start + 8, moov.end).find((box) => box.type === 'trak');
  const header = track && boxesIn(bytes, track.start + 8, track.end).find((box) => box.type === 'tkhd');
  if (header === undefined) throw new TypeError('not an MP4 with a track');
  const version = bytes.readUInt8(header.start + 8);
  const matrixAt = header.start + (version === 1 ? 60 : 48);
  const height = bytes.readUInt32BE(matrixAt + 40);
  const rotated = Buffer.from(bytes);
  const matrix = [0, 0x10000, 0, -0x10000, 0, 0, height, 0, 0x40000000];
  matrix.forEach((value, index) => rotated.writeInt32BE(value, matrixAt + index * 4));
  return rotated;
};
