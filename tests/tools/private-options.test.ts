import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFile, readdir } from 'node:fs/promises';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { createLab } from '../lab/index.ts';
import type { Lab } from '../lab/index.ts';
import { EXTRACTORS, openLabTools } from './lab-tools.ts';

const PASSWORD = "pass word's%20#1";
const HEADERS = { 'user-agent': 'Mozilla/5.0 (it\'s "mine"; #1)', 'x-wish': 'secret-of-the-header' };

/** A proxy that wants a password, before the platforms' stand-in. While somebody asks it looks at what `ps` would show. */
async function createPasswordProxy(behind: string) {
  const expected = `Basic ${Buffer.from(`ann:${PASSWORD}`).toString('base64')}`;
  const sockets = new Set<Socket>();
  const commandLines: string[] = [];
  let refused = 0;
  const server = createServer((_request, response) => response.writeHead(405).end());
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.on('connect', (request, client: Socket) => {
    client.on('error', () => undefined);
    if (request.headers['proxy-authorization'] !== expected) {
      refused += 1;
      client.end(
        'HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="p"\r\nContent-Length: 0\r\n\r\n',
      );
      return;
    }
    const { hostname, port } = new URL(behind);
    const upstream = connect(Number(port), hostname, () => {
      upstream.write(`CONNECT ${request.url ?? ''} HTTP/1.1\r\nHost: ${request.url ?? ''}\r\n\r\n`);
    });
    upstream.on('error', () => client.destroy());
    client.once('close', () => upstream.destroy());
    void readCommandLines().then((lines) => {
      commandLines.push(...lines);
      client.pipe(upstream).pipe(client);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://ann:${encodeURIComponent(PASSWORD)}@127.0.0.1:${port}`,
    commandLines,
    refused: () => refused,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Of every process on this machine; empty where there is no /proc. */
async function readCommandLines(): Promise<string[]> {
  const names = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name));
  const lines = await Promise.all(names.map(async (name) => readFile(`/proc/${name}/cmdline`, 'utf8').catch(() => '')));
  return lines.filter((line) => line.includes('yt-dlp') || line.includes('gallery-dl'));
}

describe('what a tool must know and nobody else', { concurrency: false }, () => {
  let lab: Lab;
  let proxy: Awaited<ReturnType<typeof createPasswordProxy>>;
  before(async () => {
    lab = await createLab();
    proxy = await createPasswordProxy(lab.proxyUrl);
  });
  after(async () => {
    await proxy.close();
    await lab.close();
  });

  for (const [tool, name] of [
    ['yt-dlp', 'tiktok-video'],
    ['gallery-dl', 'tiktok-slideshow'],
  ] as const) {
    it(`${tool} uses a proxy with a password and the person's headers, and no command line shows either`, async (t) => {
      const post = lab.post(name);
      const world = await openLabTools(t, lab, post, { proxy: proxy.url, headers: HEADERS });
      const from = lab.requests().length;
      const run =
        tool === 'yt-dlp'
          ? world.tools.ytDlp({ url: post.url, extractors: EXTRACTORS[post.platform] })
          : world.tools.galleryDl({ url: post.url });
      assert.ok((await run.finished).files.length > 0);
      const requests = lab.requests().slice(from);
      assert.ok(requests.length > 1);
      for (const { headers, url } of requests) {
        assert.equal(headers['x-wish'], HEADERS['x-wish'], url);
        assert.equal(headers['user-agent'], HEADERS['user-agent'], url);
      }
      const seen = proxy.commandLines.splice(0);
      assert.ok(seen.length > 0 || process.platform !== 'linux');
      for (const line of seen) {
        assert.ok(!line.includes(PASSWORD) && !line.includes(encodeURIComponent(PASSWORD)), line);
        assert.ok(!line.includes(HEADERS['x-wish']), line);
      }
      assert.equal(proxy.refused(), 0);
      assert.deepEqual(
        (await readdir(world.state)).filter((entry) => entry.startsWith('options-')),
        [],
      );
    });
  }

  it('twmd, which knows only arguments, is not used with such a proxy', async (t) => {
    const post = lab.post('x-video');
    const paths = { twmd: process.execPath };
    assert.equal((await openLabTools(t, lab, post, { paths, proxy: proxy.url })).tools.has('twmd'), false);
    const { tools } = await openLabTools(t, lab, post, { paths, proxy: lab.proxyUrl });
    assert.equal(tools.has('twmd'), true);
    const closed = (await openLabTools(t, lab, post, { paths, proxy: proxy.url })).tools;
    await assert.rejects(closed.twmd({ postId: '1' }), { code: 'MF_ERR_UNSUPPORTED' });
  });
});
