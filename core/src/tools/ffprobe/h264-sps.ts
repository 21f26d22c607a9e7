/** What a sequence parameter set of H.264 says of a picture (ITU-T H.264, 7.3.2.1.1 and E.1.1). */
export interface H264Picture {
  /** ffprobe's name. */
  readonly profile: string;
  readonly width: number;
  readonly height: number;
}

const BASELINE = 66;
const MAIN = 77;
const HIGH = 100;
const EXTENDED_ASPECT = 255;

/**
 * Reads a set, with its NAL header; undefined for everything but progressive 8-bit 4:2:0 of limited range
 * in Baseline, Main or High without scaling lists.
 */
export function parseH264Sps(nal: Buffer): H264Picture | undefined {
  const reader = new BitReader(withoutEmulation(nal.subarray(1)));
  const profileNumber = reader.bits(8);
  const constraints = reader.bits(8);
  reader.bits(8);
  reader.golomb();
  if (profileNumber === HIGH) {
    const chroma = reader.golomb();
    const depths = [reader.golomb(), reader.golomb()];
    const [bypass, scaling] = [reader.bits(1), reader.bits(1)];
    if (chroma !== 1 || depths.some((depth) => depth !== 0) || bypass !== 0 || scaling !== 0) return undefined;
  }
  reader.golomb();
  if (!skipOrderCount(reader)) return undefined;
  reader.golomb();
  reader.bits(1);
  const width = (reader.golomb() + 1) * 16;
  const height = (reader.golomb() + 1) * 16;
  if (reader.bits(1) === 0) return undefined; // Interlaced.
  reader.bits(1);
  const [left, right, top, bottom] = reader.bits(1) === 1 ? fourOf(reader) : [0, 0, 0, 0];
  if (reader.bits(1) === 1 && isFullRange(reader)) return undefined;
  const profile = profileOf(profileNumber, constraints);
  if (profile === undefined || reader.isPastEnd) return undefined;
  return { profile, width: width - 2 * (left + right), height: height - 2 * (top + bottom) };
}

function profileOf(number: number, constraints: number): string | undefined {
  if (number === BASELINE) return (constraints & 0x40) !== 0 ? 'Constrained Baseline' : 'Baseline';
  if (number === MAIN) return 'Main';
  return number === HIGH && (constraints & 0x0c) === 0 ? 'High' : undefined;
}

function skipOrderCount(reader: BitReader): boolean {
  const type = reader.golomb();
  if (type === 0) reader.golomb();
  // Type 1 lists offsets; hardly anybody writes it.
  return type === 0 || type === 2;
}

function fourOf(reader: BitReader): [number, number, number, number] {
  return [reader.golomb(), reader.golomb(), reader.golomb(), reader.golomb()];
}

/** Reads the usability information as far as the range. */
function isFullRange(reader: BitReader): boolean {
  if (reader.bits(1) === 1 && reader.bits(8) === EXTENDED_ASPECT) reader.bits(32);
  if (reader.bits(1) === 1) reader.bits(1);
  if (reader.bits(1) === 0) return false;
  reader.bits(3);
  return reader.bits(1) === 1;
}

/** Takes out the bytes that keep start codes from appearing. */
function withoutEmulation(bytes: Buffer): Buffer {
  return Buffer.from(bytes.filter((byte, at) => !(byte === 3 && bytes[at - 1] === 0 && bytes[at - 2] === 0)));
}

class BitReader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get isPastEnd(): boolean {
    return this.#at > this.#bytes.length * 8;
  }

  bits(count: number): number {
    let value = 0;
    for (let index = 0; index < count; index += 1) {
      const byte = this.#bytes[this.#at >> 3] ?? 0;
      value = value * 2 + ((byte >> (7 - (this.#at & 7))) & 1);
      this.#at += 1;
    }
    return value;
  }

  /** An unsigned Exp-Golomb code. */
  golomb(): number {
    let zeros = 0;
    while (zeros < 32 && !this.isPastEnd && this.bits(1) === 0) zeros += 1;
    return 2 ** zeros - 1 + this.bits(zeros);
  }
}
