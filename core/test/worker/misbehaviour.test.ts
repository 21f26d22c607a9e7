import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { Assign } from '../../src/channel/messages.ts';
import { makeMedia } from './helpers/media.ts';
import { createWorld } from './helpers/world.ts';

const media = makeMedia();
const video = { from: media.video, name: 'video.mp4', kind: 'video' };
const picture = { from: media.picture, name: 'picture.jpg', kind: 'image' };
const sound = { from: media.sound, name: 'sound.mp3', kind: 'audio' };

interface Case {
  readonly title: string;
  readonly options: Record<string, unknown>;
  readonly code: string;
  readonly message?: RegExp;
  readonly changes?: Partial<Assign>;
}

const cases: Case[] = [
  {
    title: 'a plugin that exits costs its job',
    options: { act: 'exit' },
    code: 'MF_ERR_PLUGIN',
    message: /exit code 0/,
  },
  {
    title: 'a plugin that aborts costs its job',
    options: { act: 'crash' },
    code: 'MF_ERR_PLUGIN',
    message: /SIGABRT|134/,
  },
  { title: 'a plugin that eats all memory costs its job', options: { act: 'leak' }, code: 'MF_ERR_PLUGIN' },
  {
    title: 'a plugin that prints without end is killed',
    options: { act: 'flood' },
    code: 'MF_ERR_PLUGIN',
    message: /printed/,
  },
  {
    title: 'a runner that talks nonsense is killed',
    options: { act: 'nonsense' },
    code: 'MF_ERR_PLUGIN',
    message: /refused/,
  },
  {
    title: 'a runner that sends garbage is killed',
    options: { act: 'garbage' },
    code: 'MF_ERR_PLUGIN',
    message: /not JSON/,
  },
  {
    title: 'a runner that sends a line without an end is killed',
    options: { act: 'torrent' },
    code: 'MF_ERR_PLUGIN',
    message: /too long/,
  },
  {
    title: 'a runner that names a file elsewhere is found out by the worker',
    options: { act: 'liar', files: [video] },
    code: 'MF_ERR_PLUGIN',
    message: /not in the staging/,
  },
  {
    title: 'a symbolic link is refused',
    options: { act: 'symlink', files: [video] },
    code: 'MF_ERR_PLUGIN',
    message: /symbolic/,
  },
  {
    title: 'a file with a second name is refused',
    options: { act: 'hardlink', files: [video] },
    code: 'MF_ERR_PLUGIN',
    message: /another name/,
  },
  {
    title: 'a path outside staging is refused',
    options: { act: 'outside', files: [video] },
    code: 'MF_ERR_PLUGIN',
    message: /not in the staging/,
  },
  { title: 'an empty file is corrupt', options: { act: 'empty' }, code: 'MF_ERR_CORRUPT' },
  {
    title: 'a page instead of a picture is corrupt',
    options: { act: 'page' },
    code: 'MF_ERR_CORRUPT',
    message: /page/,
  },
  {
    title: 'a video without its end is corrupt',
    options: { act: 'cut', files: [video] },
    code: 'MF_ERR_CORRUPT',
    message: /end/,
  },
  {
    title: 'a picture without its end is corrupt',
    options: { act: 'cut', files: [picture] },
    code: 'MF_ERR_CORRUPT',
    message: /end/,
  },
  {
    title: 'a sound instead of a video is corrupt',
    options: { files: [{ ...sound, kind: 'video' }] },
    code: 'MF_ERR_CORRUPT',
    message: /a sound, not a video/,
  },
  {
    title: 'a video instead of a picture is corrupt',
    options: { files: [{ ...video, kind: 'image' }] },
    code: 'MF_ERR_CORRUPT',
  },
  {
    title: 'a file above the limit is too large',
    options: { files: [video] },
    code: 'MF_ERR_TOO_LARGE',
    changes: { maxFileBytes: 100 },
  },
  { title: 'a post without files has no media', options: { act: 'nothing' }, code: 'MF_ERR_NO_MEDIA' },
  {
    title: "a plugin's coded error keeps its code and sentence",
    options: { act: 'refuse', code: 'MF_ERR_PRIVATE' },
    code: 'MF_ERR_PRIVATE',
    message: /^Only friends may see this post\.$/,
  },
  {
    title: 'any other error is the plugin',
    options: { act: 'stumble' },
    code: 'MF_ERR_PLUGIN',
    message: /x is not a function/,
  },
  { title: 'a full disk is named whoever met it', options: { act: 'full' }, code: 'MF_ERR_DISK_FULL' },
  {
    title: 'an error that nobody waits for is the plugin',
    options: { act: 'neglect' },
    code: 'MF_ERR_PLUGIN',
    message: /nobody waits/,
  },
  {
    title: 'a plugin that is not installed is told',
    options: {},
    code: 'MF_ERR_PLUGIN',
    message: /not installed/,
    changes: { connector: { id: 'gone', package: 'mediafetcher-plugin-gone' } },
  },
  {
    title: 'a plugin outside its folder is not loaded',
    options: {},
    code: 'MF_ERR_PLUGIN',
    message: /folder of plugins/,
    changes: { connector: { id: 'actor', package: '/tmp' } },
  },
];

describe('what plugin code does wrong', { timeout: 600_000 }, () => {
  for (const { title, options, code, message, changes } of cases) {
    it(title, async (t) => {
      const { server, start, assign, staging } = await createWorld(t);
      await start();
      server.send(assign(options, changes));
      const failed = await server.next('failed');
      assert.equal(failed.errorCode, code, failed.message);
      assert.equal(failed.requeue, undefined);
      if (message !== undefined) assert.match(failed.message, message);
      assert.equal(existsSync(staging(1)), false);
    });
  }

  it('garbage costs its own job only: another one of the same worker goes on', async (t) => {
    const { server, start, assign } = await createWorld(t, { resendMs: 60_000 });
    await start();
    const other = 'b'.repeat(24);
    const ends = Promise.all([server.next('failed'), server.next('staged')]);
    // What JSON cannot hold stands in fields that nobody reads.
    server.send(assign({ act: 'extra', files: [video] }, { jobId: other }));
    server.send(assign({ act: 'garbage' }));
    const [failed, staged] = await ends;
    assert.equal(failed.errorCode, 'MF_ERR_PLUGIN');
    assert.equal(staged.jobId, other);
  });

  it('a plugin that writes logs without end loses the rest of them, not its job', async (t) => {
    const { server, start, assign, records } = await createWorld(t);
    await start();
    server.send(assign({ act: 'chatter', files: [video] }));
    await server.next('staged');
    const written = records.filter(({ plugin }) => plugin !== undefined);
    assert.equal(written.length, 500);
    assert.ok(written.every((record) => JSON.stringify(record).length < 10_000));
  });

  for (const act of ['hang', 'spin', 'stubborn']) {
    it(`the watchdog kills a plugin that does not move (${act})`, async (t) => {
      // Long enough for a slow machine to come to the plugin's own code.
      const { server, start, assign, staging } = await createWorld(t, { watchdogMs: 8_000 });
      await start();
      server.send(assign({ act, files: [video] }));
      assert.equal((await server.next('failed')).errorCode, 'MF_ERR_TIMEOUT');
      // What it has so far is worth keeping: the next attempt goes on there.
      assert.equal(existsSync(join(staging(1), 'video.mp4.part')), act === 'stubborn');
    });
  }
});
