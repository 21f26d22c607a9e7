import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { findLockFile } from '../../../src/tools/managed/folders.ts';
import { parseToolsLock } from '../../../src/tools/managed/parse-lock.ts';

describe('the lock of the managed tools', () => {
  const text = readFileSync(findLockFile(), 'utf8');

  it('pins both downloaders and what they need', () => {
    const { pins } = parseToolsLock(text);
    assert.deepEqual(
      [...pins.keys()].filter((name) => /^(?:yt-dlp|gallery-dl|yt-dlp-ejs|requests|certifi)$/.test(name)).toSorted(),
      ['certifi', 'gallery-dl', 'requests', 'yt-dlp', 'yt-dlp-ejs'],
    );
  });

  it('has hashes for every package', () => {
    const packages = text.split(/^(?=[a-z])/m).slice(1);
    assert.ok(packages.length > 8);
    assert.ok(packages.every((part) => part.includes('--hash=sha256:')));
  });

  it('names no address', () => assert.doesNotMatch(text, /:\/\/|index-url|find-links/));

  it('another text is another folder', () => {
    assert.notEqual(parseToolsLock(text).hash, parseToolsLock(`${text}\n`).hash);
  });
});
