import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import http from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import https from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSecureContext } from 'node:tls';
import type { SecureContext } from 'node:tls';
// The whole of mockttp takes a second to load; its certificates do not.
import { generateCACertificate, getCA } from 'mockttp/dist/util/certificates';

/** Answers one request; `url` is absolute. */
export type Answerer = (request: IncomingMessage, response: ServerResponse, url: URL) => void;

export interface InterceptingProxy {
  readonly url: string;
  readonly caFile: string;
  close(): Promise<void>;
}

const KEEP_ALIVE_MS = 60_000;

/** Makes a certificate for every host that is asked for, once. */
const createAuthority = async (): Promise<{ pem: string; contextFor(host: string): Promise<SecureContext> }> => {
  const root = await generateCACertificate({ subject: { commonName: 'MediaFetcher platform lab' } });
  const authority = await getCA({ key: root.key, cert: root.cert });
  const contexts = new Map<string, Promise<SecureContext>>();
  const make = async (host: string): Promise<SecureContext> => {
    const { key, cert, ca } = await authority.generateCertificate(host);
    return createSecureContext({ key, cert, ca });
  };
  return {
    pem: root.cert,
    contextFor(host) {
      const context = contexts.get(host) ?? make(host);
      contexts.set(host, context);
      return context;
    },
  };
};

/**
 * Starts an HTTP proxy on a free loopback port that opens every CONNECT tunnel itself, with certificates of an authority
 * of its own, and answers what it finds inside. Nothing ever leaves the machine.
 */
export const startProxy = async (answer: Answerer): Promise<InterceptingProxy> => {
  const authority = await createAuthority();
  const folder = await mkdtemp(join(tmpdir(), 'mediafetcher-lab-'));
  const caFile = join(folder, 'ca.pem');
  await writeFile(caFile, authority.pem);

  const hosts = new WeakMap<Socket, string>();
  const inTunnel =
    (scheme: string) =>
    (request: IncomingMessage, response: ServerResponse): void => {
      const host = request.headers.host ?? hosts.get(request.socket) ?? 'unknown.invalid';
      answer(request, response, new URL(`${scheme}://${host}${request.url ?? '/'}`));
    };
  const options = { keepAliveTimeout: KEEP_ALIVE_MS, requestTimeout: 0, headersTimeout: 0 };
  const secure = https.createServer(
    {
      ...options,
      ALPNProtocols: ['http/1.1'],
      SNICallback(host, done) {
        authority.contextFor(host).then((context) => done(null, context), done);
      },
    },
    inTunnel('https'),
  );
  const plain = http.createServer(options, inTunnel('http'));
  const proxy = http.createServer(options, (request, response) => {
    const target = URL.parse(request.url ?? '');
    if (target === null) response.writeHead(400).end('This is a proxy: ask it for an absolute address.\n');
    else answer(request, response, target);
  });

  const sockets = new Set<Socket>();
  for (const server of [proxy, secure, plain]) {
    server.on('clientError', (_error, socket) => socket.destroy());
    server.on('tlsClientError', (_error, socket: Socket) => socket.destroy());
  }
  proxy.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  proxy.on('connect', (request, socket: Socket, head) => {
    socket.on('error', () => socket.destroy()); // a tool that was killed
    socket.setNoDelay(true);
    const [host = '', port] = (request.url ?? '').split(':');
    hosts.set(socket, host);
    if (head.length > 0) socket.unshift(head);
    socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
    (port === '80' ? plain : secure).emit('connection', socket);
  });

  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const { port } = proxy.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    caFile,
    async close() {
      const closed = once(proxy, 'close');
      proxy.close();
      for (const socket of sockets) socket.destroy();
      await closed;
      await rm(folder, { recursive: true, force: true });
    },
  };
};
