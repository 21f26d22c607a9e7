import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { TestContext } from 'node:test';
import sharp from 'sharp';
import type { ProbedFile } from '@mediafetcher/sdk';
import { isPluginError } from '@mediafetcher/sdk';
import { makeFolder } from '../temporary-folder.ts';
import { toolsOf } from '../tools-of.ts';
import { H264, PICTURE, SOUND, cutFile, makeMedia } from './make-media.ts';

type Make = (folder: string) => Promise<string>;

async function probe(t: TestContext, make: Make): Promise<ProbedFile> {
  const folder = await makeFolder(t);
  return toolsOf(folder).tools.probeFile(await make(folder));
}

function isCorrupt(error: unknown): boolean {
  return isPluginError(error) && error.code === 'MF_ERR_CORRUPT';
}

const film: Make = (folder) =>
  makeMedia(join(folder, 'a.mp4'), ...PICTURE, ...SOUND, ...H264, '-movflags', '+faststart');
const photo = (name: string, orientation?: number): Make => {
  return async (folder) => {
    const path = join(folder, name);
    const picture = sharp({ create: { width: 60, height: 40, channels: 3, background: 'teal' } });
    await (orientation === undefined ? picture : picture.withMetadata({ orientation })).toFile(path);
    return path;
  };
};

describe('a film', () => {
  it('tells streams, size and the place of its index', async (t) => {
    const facts = await probe(t, film);
    assert.equal(facts.kind, 'video');
    assert.deepEqual([facts.width, facts.height, facts.moovFirst, facts.majorBrand], [160, 120, true, 'isom']);
    assert.ok(Math.abs(facts.duration - 1) < 0.2);
    const [picture, sound] = facts.streams;
    assert.deepEqual(
      [picture?.codec, picture?.pixelFormat, sound?.type, sound?.codec],
      ['h264', 'yuv420p', 'audio', 'aac'],
    );
  });

  it('with its index at the end is told so', async (t) => {
    const facts = await probe(t, (folder) => makeMedia(join(folder, 'a.mp4'), ...PICTURE, ...H264));
    assert.equal(facts.moovFirst, false);
  });

  it('of QuickTime keeps its brand', async (t) => {
    const facts = await probe(t, (folder) => makeMedia(join(folder, 'a.mov'), ...PICTURE, ...H264));
    assert.equal(facts.majorBrand, 'qt  ');
  });

  it('in fragments is whole', async (t) => {
    const facts = await probe(t, (folder) =>
      makeMedia(join(folder, 'a.mp4'), ...PICTURE, ...H264, '-movflags', 'frag_keyframe+empty_moov'),
    );
    assert.equal(facts.kind, 'video');
    assert.equal(facts.moovFirst, true);
  });

  it('in WebM says nothing of boxes', async (t) => {
    const facts = await probe(t, (folder) => makeMedia(join(folder, 'a.webm'), ...PICTURE, '-c:v', 'libvpx-vp9'));
    assert.deepEqual([facts.kind, facts.format, facts.moovFirst], ['video', 'matroska,webm', undefined]);
  });

  it('that is turned has the size that people see', async (t) => {
    const facts = await probe(t, async (folder) => {
      const flat = await film(folder);
      return makeMedia(join(folder, 'turned.mp4'), '-display_rotation', '90', '-i', flat, '-c', 'copy').catch(() =>
        makeMedia(join(folder, 'turned.mp4'), '-i', flat, '-c', 'copy', '-metadata:s:v', 'rotate=90'),
      );
    });
    assert.deepEqual([facts.width, facts.height, facts.streams[0]?.rotation], [120, 160, 270]);
  });

  it('whose name says something else is known by its bytes', async (t) => {
    const facts = await probe(t, (folder) => makeMedia(join(folder, 'a.jpg'), ...PICTURE, ...H264, '-f', 'mp4'));
    assert.equal(facts.kind, 'video');
  });
});

describe('a sound', () => {
  it('is one', async (t) => {
    const facts = await probe(t, (folder) => makeMedia(join(folder, 'a.mp3'), ...SOUND));
    assert.deepEqual([facts.kind, facts.format, facts.width], ['audio', 'mp3', undefined]);
  });

  it('with a cover stays one', async (t) => {
    const facts = await probe(t, async (folder) => {
      const cover = await photo('cover.jpg')(folder);
      const attach = [
        '-map',
        '0',
        '-map',
        '1',
        '-c:v',
        'copy',
        '-id3v2_version',
        '3',
        '-disposition:v',
        'attached_pic',
      ];
      return makeMedia(join(folder, 'a.mp3'), ...SOUND, '-i', cover, ...attach);
    });
    assert.equal(facts.kind, 'audio');
    assert.ok(facts.streams.some(({ attachedPicture }) => attachedPicture));
  });

  it('in MP4 is one', async (t) => {
    const facts = await probe(t, (folder) => makeMedia(join(folder, 'a.m4a'), ...SOUND, '-c:a', 'aac'));
    assert.equal(facts.kind, 'audio');
  });
});

describe('a picture', () => {
  for (const name of ['a.jpg', 'a.png', 'a.webp', 'a.gif', 'a.avif']) {
    it(`${name} tells its size without ffprobe`, async (t) => {
      const folder = await makeFolder(t);
      const { tools } = toolsOf(folder, { paths: {} });
      const { kind, width, height, duration } = await tools.probeFile(await photo(name)(folder));
      assert.deepEqual({ kind, width, height, duration }, { kind: 'image', width: 60, height: 40, duration: 0 });
    });
  }

  it('that lies on its side has the size that people see', async (t) => {
    const { width, height } = await probe(t, photo('a.jpg', 6));
    assert.deepEqual([width, height], [40, 60]);
  });
});

describe('no media', () => {
  const bytes: Readonly<Record<string, string>> = {
    'a page': '<!DOCTYPE html><html><body>Sign in</body></html>',
    'a page after blank lines': '\n\n  <html></html>',
    'an answer of an API': '{"error": "login_required"}',
    'a playlist': '#EXTM3U\n#EXTINF:1,\n/etc/passwd\n',
    garbage: 'x'.repeat(5000),
    'a text': 'Dear reader, this is no film at all.\n'.repeat(50),
    nothing: '',
  };
  for (const [title, content] of Object.entries(bytes)) {
    it(`${title} is refused`, async (t) => {
      const folder = await makeFolder(t);
      const path = join(folder, 'a.mp4');
      await writeFile(path, content);
      await assert.rejects(toolsOf(folder).tools.probeFile(path), isCorrupt);
    });
  }

  it('a file that is not there is refused', async (t) => {
    const folder = await makeFolder(t);
    await assert.rejects(toolsOf(folder).tools.probeFile(join(folder, 'none.mp4')), isCorrupt);
  });
});

describe('half a file', () => {
  const whole: Readonly<Record<string, Make>> = {
    'a film with its index first': film,
    'a film with its index last': (folder) => makeMedia(join(folder, 'a.mp4'), ...PICTURE, ...H264),
    'a JPEG': photo('a.jpg'),
    'a PNG': photo('a.png'),
    'a WebP': photo('a.webp'),
  };
  for (const [title, make] of Object.entries(whole)) {
    it(`${title} is refused when it was cut off`, async (t) => {
      const folder = await makeFolder(t);
      const half = await cutFile(await make(folder), join(folder, 'half'), 0.6);
      await assert.rejects(toolsOf(folder).tools.probeFile(half), isCorrupt);
    });
  }
});
