import assert from 'node:assert/strict';
import { open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { TestContext } from 'node:test';
import { readMp4Layout } from '../../../src/tools/ffprobe/mp4-boxes.ts';
import type { Mp4Layout } from '../../../src/tools/ffprobe/mp4-boxes.ts';
import { makeFolder } from '../temporary-folder.ts';

function box(type: string, body: Buffer | string = '', size?: number): Buffer {
  const content = Buffer.from(body);
  const header = Buffer.alloc(8);
  header.writeUInt32BE(size ?? content.length + 8);
  header.write(type, 4, 'latin1');
  return Buffer.concat([header, content]);
}

function longBox(type: string, body: string): Buffer {
  const size = Buffer.alloc(8);
  size.writeBigUInt64BE(BigInt(body.length + 16));
  return box(type, Buffer.concat([size, Buffer.from(body)]), 1);
}

async function layoutOf(t: TestContext, ...boxes: readonly Buffer[]): Promise<Omit<Mp4Layout, 'boxes'>> {
  const path = join(await makeFolder(t), 'a.mp4');
  const bytes = Buffer.concat(boxes);
  await writeFile(path, bytes);
  await using file = await open(path);
  const { boxes: _, ...layout } = await readMp4Layout(file, bytes.length);
  return layout;
}

const ftyp = box('ftyp', 'isom\0\0\0\0');

describe('boxes of an MP4', () => {
  it('index before data', async (t) => {
    const layout = await layoutOf(t, ftyp, box('moov', 'x'), box('mdat', 'yy'));
    assert.deepEqual(layout, { majorBrand: 'isom', moovFirst: true, whole: true });
  });

  it('data before index', async (t) => {
    assert.equal((await layoutOf(t, ftyp, box('mdat', 'yy'), box('moov', 'x'))).moovFirst, false);
  });

  it('a box with a long size', async (t) => {
    const layout = await layoutOf(t, ftyp, box('moov'), longBox('mdat', 'yyyy'));
    assert.deepEqual([layout.moovFirst, layout.whole], [true, true]);
  });

  it('a last box that goes to the end of the file', async (t) => {
    assert.ok((await layoutOf(t, ftyp, box('moov'), box('mdat', 'yyyy', 0))).whole);
  });

  it('padding of zeros after the last box', async (t) => {
    assert.ok((await layoutOf(t, ftyp, box('moov'), box('mdat', 'yy'), Buffer.alloc(6))).whole);
  });

  it('a file that ends inside a box is not whole', async (t) => {
    assert.equal((await layoutOf(t, ftyp, box('moov'), box('mdat', 'yy', 500))).whole, false);
  });

  it('a file without an index is not whole', async (t) => {
    assert.equal((await layoutOf(t, ftyp, box('mdat', 'yy'))).whole, false);
  });

  it('garbage between boxes is not whole', async (t) => {
    assert.equal(
      (await layoutOf(t, ftyp, box('moov'), Buffer.from('\x01\x02\x03\x04\x05\x06\x07\x08\x09'))).whole,
      false,
    );
  });
});
