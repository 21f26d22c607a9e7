import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sniffBytes } from '../../../src/runner/stages/sniff.ts';

const bytes = (text: string): Uint8Array => Buffer.from(text, 'latin1');
const mp4 = '\0\0\0\x20ftypisom\0\0\x02\0isomiso2avc1mp41';

describe('the first bytes', () => {
  const table: [what: string, head: Uint8Array, kind: string][] = [
    ['of a JPEG', bytes('\xff\xd8\xff\xe0\0\x10JFIF\0'), 'image'],
    ['of a PNG', bytes('\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0'), 'image'],
    ['of a GIF', bytes('GIF89a\x01\0\x01\0'), 'image'],
    ['of a WebP', bytes('RIFF\x24\0\0\0WEBPVP8 '), 'image'],
    ['of an MP4', bytes(mp4), 'container'],
    ['of an MP3 with a tag', bytes(`ID3\x03\0\0\0\0\0\0\xff\xfb\x90\0${'\0'.repeat(100)}`), 'container'],
    ['of a page', bytes('<!DOCTYPE html><html>'), 'text'],
    ['of a page with blanks in front', bytes('\r\n\t <html><head>'), 'text'],
    ['of JSON', bytes('{"error":"login"}'), 'text'],
    ['of a drawing', bytes('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>'), 'text'],
    ['of noise', bytes('\0\x01\x02\x03\x04\x05'), 'unknown'],
    ['of nothing', bytes(''), 'unknown'],
  ];
  for (const [what, head, kind] of table) {
    it(`${what} say ${kind}`, async () => assert.equal((await sniffBytes(head)).kind, kind));
  }
});
