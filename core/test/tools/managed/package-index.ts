import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';
import { ZipFile } from 'yazl';

/** A tool that a test lets the index have. */
export interface Release {
  readonly name: 'yt-dlp' | 'gallery-dl';
  readonly version: string;
  /** It brings other bytes than it was asked for. */
  readonly broken?: boolean;
  /** Needs a package that the index lacks, when all that is wished for comes with it. */
  readonly lacksExtra?: boolean;
}

export interface PackageIndex {
  /** Address for pip. */
  readonly url: string;
  publish(...releases: readonly Release[]): void;
  close(): Promise<void>;
}

/** A package index on the loopback, with wheels that are made when they are asked for. */
export async function startPackageIndex(t: TestContext): Promise<PackageIndex> {
  const wheels = new Map<string, Release>();
  const server = createServer((request, response) => {
    const [, , folder = '', file = ''] = (request.url ?? '').split('/');
    const release = wheels.get(file);
    if (release !== undefined) {
      buildWheel(release).then(
        (bytes) => response.end(bytes),
        () => response.destroy(),
      );
      return;
    }
    const links = [...wheels]
      .filter(([, { name }]) => name === folder)
      .map(([wheel]) => `<a href="${wheel}">${wheel}</a>`);
    response.writeHead(links.length > 0 ? 200 : 404, { 'content-type': 'text/html' });
    response.end(`<!DOCTYPE html><html><body>${links.join('\n')}</body></html>`);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = async (): Promise<void> => {
    if (!server.listening) return;
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  };
  t.after(close);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/simple`,
    publish(...releases) {
      for (const release of releases) wheels.set(`${moduleOf(release)}-${release.version}-py3-none-any.whl`, release);
    },
    close,
  };
}

const moduleOf = ({ name }: Release): string => name.replace('-', '_');

/** As much of the tool as a look at its version and the fetch of one file need. */
const codeOf = ({ name, version, broken = false }: Release): string => `
import os, sys, urllib.request
def main():
    if '--version' in sys.argv:
        print('${version}')
        return 0
    argv, url = sys.argv[1:], sys.argv[-1]
    folder = argv[argv.index(${name === 'yt-dlp' ? "'-P'" : "'-D'"}) + 1]
    path = os.path.join(folder, os.path.basename(url))
    with open(path, 'wb') as file:
        file.write(${broken ? "b'other bytes'" : 'urllib.request.urlopen(url).read()'})
    print(${name === 'yt-dlp' ? `'FINAL {"id": "sample", "ext": "mp4", "filepath": "' + path + '"}'` : "'FILE ' + path"})
    return 0
`;

async function buildWheel(release: Release): Promise<Buffer> {
  const { name, version, lacksExtra = false } = release;
  const module = moduleOf(release);
  const info = `${module}-${version}.dist-info`;
  const extra = lacksExtra
    ? ['Provides-Extra: default', 'Requires-Dist: not-on-this-index; extra == "default"']
    : ['Provides-Extra: default'];
  const files: Readonly<Record<string, string>> = {
    [`${module}/__init__.py`]: codeOf(release),
    [`${info}/METADATA`]: ['Metadata-Version: 2.1', `Name: ${name}`, `Version: ${version}`, ...extra, ''].join('\n'),
    [`${info}/WHEEL`]: 'Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n',
    [`${info}/entry_points.txt`]: `[console_scripts]\n${name} = ${module}:main\n`,
  };
  const zip = new ZipFile();
  for (const [path, text] of Object.entries(files)) zip.addBuffer(Buffer.from(text), path);
  const record = [...Object.keys(files), `${info}/RECORD`].map((path) => `${path},,`).join('\n');
  zip.addBuffer(Buffer.from(`${record}\n`), `${info}/RECORD`);
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}
