import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer, connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** Debian's nginx with its own defaults for files, on a free port of the loopback. */
export async function startNginx(
  folder: string,
  root: string,
): Promise<{ readonly origin: string; stop(): Promise<void> }> {
  installNginx();
  const port = await freePort();
  const config = join(folder, 'nginx.conf');
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  await writeFile(
    config,
    [
      `daemon off; ${process.getuid?.() === 0 ? 'user root;' : ''} worker_processes auto; pid ${folder}/nginx.pid; error_log stderr;`,
      'events { worker_connections 256; }',
      `http { access_log off; sendfile on; tcp_nopush on; ${temporary.map((name) => `${name}_temp_path ${folder}/${name};`).join(' ')}`,
      `server { listen 127.0.0.1:${port}; root ${root}; } }`,
    ].join('\n'),
  );
  const child = spawn('nginx', ['-c', config, '-p', folder], { stdio: ['ignore', 'ignore', 'inherit'] });
  const exit = once(child, 'exit');
  while (!(await answers(port))) {
    if (child.exitCode !== null) throw new Error('nginx ended at its start.');
    await delay(50);
  }
  return {
    origin: `http://127.0.0.1:${port}`,
    async stop() {
      child.kill('SIGQUIT');
      await exit;
    },
  };
}

function installNginx(): void {
  if (spawnSync('nginx', ['-v']).status === 0) return;
  if (process.getuid?.() !== 0) throw new Error('This bench compares with nginx. Install it.');
  for (const argv of [['update'], ['install', '-y', '--no-install-recommends', 'nginx-light']])
    if (spawnSync('apt-get', argv, { stdio: ['ignore', 'ignore', 'inherit'] }).status !== 0)
      throw new Error(`apt-get ${argv.join(' ')} failed.`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  // It listens on TCP.
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
