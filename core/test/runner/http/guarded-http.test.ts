import assert from 'node:assert/strict';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { TestContext } from 'node:test';
import { generateCACertificate, getLocal } from 'mockttp';
import type { GuardedHttp, ProgressUpdate } from '@mediafetcher/sdk';
import type { GuardedHttpOptions } from '../../../src/runner/http/guarded-http.ts';
import { createGuardedHttp } from '../../../src/runner/http/guarded-http.ts';
import { createFileServer } from '../helpers/file-server.ts';

const BYTES = Buffer.alloc(300_000, 'media');

interface Client {
  readonly http: GuardedHttp;
  readonly directory: string;
  readonly updates: ProgressUpdate[];
}

async function createClient(t: TestContext, changes: Partial<GuardedHttpOptions> = {}): Promise<Client> {
  const directory = await mkdtemp(join(tmpdir(), 'mf-http-'));
  t.after(() => rm(directory, { recursive: true, force: true }));
  const updates: ProgressUpdate[] = [];
  const http = createGuardedHttp({
    hosts: ['127.0.0.1', 'localhost', '.stage.tv'],
    allowPrivateHosts: ['127.0.0.1'],
    signal: new AbortController().signal,
    stagingDirectory: directory,
    maxFileBytes: 10_000_000,
    onDownload: () => (update) => updates.push(update),
    ...changes,
  });
  return { http, directory, updates };
}

describe('guarded http', { timeout: 60_000 }, () => {
  const refused: [what: string, url: string, reason: RegExp][] = [
    ['a host that the manifest does not name', 'https://elsewhere.example/', /not one of the hosts/],
    ['a host whose name only ends alike', 'https://evilstage.tv/', /not one of the hosts/],
    ['plain http', 'http://www.stage.tv/', /https/],
    ['another port', 'https://www.stage.tv:8443/', /usual port/],
    ['a user name', 'https://me@www.stage.tv/', /user name/],
    ['another scheme', 'file://127.0.0.1/etc/passwd', /http/],
    ['a text', 'nonsense', /not a web address/],
    ['a name that leads to this machine', 'https://localhost/', /private network/],
  ];
  for (const [what, url, reason] of refused) {
    it(`does not ask ${what}`, async (t) => {
      const { http } = await createClient(t);
      await assert.rejects(http.request(url), { code: 'MF_ERR_UNSUPPORTED', message: reason });
    });
  }

  it('does not ask a private address that the owner has not allowed', async (t) => {
    const { http } = await createClient(t, { hosts: ['10.0.0.1', '[::1]'], allowPrivateHosts: [] });
    await assert.rejects(http.request('https://10.0.0.1/'), { code: 'MF_ERR_UNSUPPORTED', message: /private/ });
    await assert.rejects(http.request('https://[::1]/'), { code: 'MF_ERR_UNSUPPORTED', message: /private/ });
  });

  it('hands over status, headers and text, and follows no redirect', async (t) => {
    const { http } = await createClient(t);
    const url = await createFileServer(t, (_, response) =>
      response.writeHead(302, { location: '/there' }).end('moved'),
    );
    const response = await http.request(url);
    assert.equal(response.status, 302);
    assert.equal(response.headers['location'], '/there');
    assert.equal(await response.text(), 'moved');
  });

  it('reads no page without end', async (t) => {
    const { http } = await createClient(t);
    const url = await createFileServer(t, (_, response) => response.end(Buffer.alloc(6_000_000)));
    const response = await http.request(url);
    await assert.rejects(response.text(), { code: 'MF_ERR_TOO_LARGE' });
  });

  it('asks over the proxy and trusts the additional certificate authority', async (t) => {
    const https = await generateCACertificate({ subject: { commonName: 'A test' } });
    const proxy = getLocal({ https });
    await proxy.start();
    t.after(() => proxy.stop());
    await proxy.forGet('https://www.stage.tv/page').thenReply(200, 'over the proxy');
    const { directory } = await createClient(t);
    const extraCaFile = join(directory, 'ca.pem');
    await writeFile(extraCaFile, https.cert);
    const { http } = await createClient(t, { proxy: proxy.url, extraCaFile, allowPrivateHosts: [] });
    assert.equal(await (await http.request('https://www.stage.tv/page')).text(), 'over the proxy');
    await assert.rejects(http.request('https://elsewhere.example/'), { code: 'MF_ERR_UNSUPPORTED' });

    const { http: distrustful } = await createClient(t, { proxy: proxy.url });
    await assert.rejects(distrustful.request('https://www.stage.tv/page'), { code: 'MF_ERR_NETWORK' });
  });
});

describe('a guarded download', { timeout: 60_000 }, () => {
  it('streams a file and tells bytes as progress', async (t) => {
    const { http, directory, updates } = await createClient(t);
    const url = await createFileServer(t, (_, response) =>
      response.writeHead(200, { 'content-length': BYTES.length }).end(BYTES),
    );
    const path = join(directory, 'video.mp4');
    assert.deepEqual(await http.download(url, path), { size: BYTES.length });
    assert.ok((await readFile(path)).equals(BYTES));
    assert.deepEqual(await readdir(directory), ['video.mp4']);
    assert.equal(updates.at(-1)?.share, 1);
    assert.equal(updates.at(-1)?.totalBytes, BYTES.length);
  });

  it('takes up a broken connection where it broke', async (t) => {
    let breakOff = (): void => undefined;
    const { http, directory } = await createClient(t, { onDownload: () => () => breakOff() });
    const ranges: (string | undefined)[] = [];
    const url = await createFileServer(t, ({ headers }, response) => {
      ranges.push(headers.range);
      const start = Number(/^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1] ?? 0);
      const range = { 'content-range': `bytes ${start}-${BYTES.length - 1}/${BYTES.length}` };
      response.writeHead(start === 0 ? 200 : 206, {
        'content-length': BYTES.length - start,
        etag: '"1"',
        ...(start > 0 && range),
      });
      if (start > 0) response.end(BYTES.subarray(start));
      else response.write(BYTES.subarray(0, 100_000));
      // As soon as some of it has arrived.
      breakOff = () => {
        if (start === 0) response.destroy();
      };
    });
    const path = join(directory, 'video.mp4');
    assert.deepEqual(await http.download(url, path), { size: BYTES.length });
    assert.ok((await readFile(path)).equals(BYTES));
    assert.equal(ranges.length, 2);
    assert.match(ranges[1] ?? '', /^bytes=[1-9]\d*-$/);
  });

  it('starts again when the file is another one by now', async (t) => {
    const { http, directory } = await createClient(t);
    const path = join(directory, 'video.mp4');
    await writeFile(`${path}.part`, 'other bytes');
    await writeFile(`${path}.part.json`, JSON.stringify({ etag: '"old"', total: 11_000 }));
    const url = await createFileServer(t, ({ headers }, response) => {
      const part = headers.range !== undefined;
      const range = { 'content-range': `bytes 11-${BYTES.length - 1}/${BYTES.length}` };
      response
        .writeHead(part ? 206 : 200, { etag: '"new"', ...(part && range) })
        .end(part ? BYTES.subarray(11) : BYTES);
    });
    await http.download(url, path);
    assert.ok((await readFile(path)).equals(BYTES));
  });

  it('stops when more comes than is allowed', async (t) => {
    const { http, directory } = await createClient(t, { maxFileBytes: 1_000 });
    const told = await createFileServer(t, (_, response) =>
      response.writeHead(200, { 'content-length': BYTES.length }).end(BYTES),
    );
    const untold = await createFileServer(t, (_, response) => response.end(BYTES));
    await assert.rejects(http.download(told, join(directory, 'a')), { code: 'MF_ERR_TOO_LARGE' });
    await assert.rejects(http.download(untold, join(directory, 'b')), { code: 'MF_ERR_TOO_LARGE' });
  });

  it('writes nowhere but into staging', async (t) => {
    const { http, directory } = await createClient(t);
    await assert.rejects(http.download('http://127.0.0.1/', join(directory, '../a')), { code: 'MF_ERR_PLUGIN' });
  });

  const statuses: [status: number, code: string][] = [
    [401, 'MF_ERR_LOGIN_REQUIRED'],
    [404, 'MF_ERR_NOT_FOUND'],
    [410, 'MF_ERR_NOT_FOUND'],
    [429, 'MF_ERR_RATE_LIMITED'],
    [451, 'MF_ERR_GEO_BLOCKED'],
  ];
  for (const [status, code] of statuses) {
    it(`names a ${status} ${code}`, async (t) => {
      const { http, directory } = await createClient(t);
      const url = await createFileServer(t, (_, response) => response.writeHead(status).end('no'));
      await assert.rejects(http.download(url, join(directory, 'a')), { code });
      assert.deepEqual(await readdir(directory), []);
    });
  }

  it('ends with its job', async (t) => {
    const stop = new AbortController();
    const { http, directory } = await createClient(t, { signal: stop.signal });
    const url = await createFileServer(t, (_, response) => {
      response.writeHead(200, { 'content-length': BYTES.length }).write(BYTES.subarray(0, 10));
      stop.abort();
    });
    await assert.rejects(http.download(url, join(directory, 'a')), { name: 'AbortError' });
  });
});
