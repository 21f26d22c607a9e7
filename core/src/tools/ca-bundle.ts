import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, readdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PluginError } from '@mediafetcher/sdk';
import { sizeOfFile } from './whole-files.ts';

/** The certificate authorities that a tool may trust, in the forms that tools take. */
export interface CaFiles {
  /** One PEM file with all of them. */
  readonly bundle: string;
  /** Only those that `directory` does not have; the same as `bundle` where there is none. */
  readonly file: string;
  /** Folder of the system in which OpenSSL finds a certificate by its name: reading all of them costs 40 ms at each start. */
  readonly directory?: string;
}

/** Where OpenSSL keeps certificates, each in a file that is named for its owner. */
const SYSTEM_DIRECTORY = '/etc/ssl/certs';
const NAMED_BY_HASH = /^[\da-f]{8}\.\d+$/;

/**
 * Writes files with the usual certificate authorities and the extra one. Made once for each content of the extra file and of
 * the system's folder.
 * @param folder where they are written
 * @param directory @default SSL_CERT_DIR, else the system's
 * @throws MF_ERR_INTERNAL when the extra file cannot be read
 */
export async function buildCaFiles(
  extraCaFile: string,
  folder: string,
  directory: string = process.env['SSL_CERT_DIR'] ?? SYSTEM_DIRECTORY,
): Promise<CaFiles> {
  const extra = await readExtra(extraCaFile);
  const names = (await readdir(directory).catch(() => [])).filter((name) => NAMED_BY_HASH.test(name)).sort();
  const parts = [process.version, extra, directory, ...names];
  const key = createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 16);
  const files = {
    bundle: join(folder, `ca-${key}.pem`),
    ...(names.length > 0
      ? { file: join(folder, `ca-${key}-rest.pem`), directory }
      : { file: join(folder, `ca-${key}.pem`) }),
  };
  // The bundle is written last.
  if ((await sizeOfFile(files.bundle)) > 0) return files;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  // What has nothing to write does without the 3 MB that this module takes.
  const { getCACertificates } = await import('node:tls');
  const all = [...getCACertificates('bundled'), ...getCACertificates('system'), extra];
  if (names.length > 0) {
    // A name may lead nowhere: then its certificate is not there.
    const read = async (name: string): Promise<string> => readFile(join(directory, name), 'utf8').catch(() => '');
    const there = await Promise.all(names.map(read));
    await write(files.file, joinCertificates(all, there));
  }
  await write(files.bundle, joinCertificates(all));
  return files;
}

/** One certificate after the other, each once, without those that are there already. */
export function joinCertificates(certificates: readonly string[], there: readonly string[] = []): string {
  const seen = new Set(there.map(contentOf));
  const fresh = certificates.filter((text) => {
    const content = contentOf(text);
    if (seen.has(content)) return false;
    seen.add(content);
    return true;
  });
  return fresh.map((text) => `${text.trim()}\n`).join('');
}

/** Lines may be broken anywhere. */
function contentOf(certificate: string): string {
  return certificate.replaceAll(/\s/g, '');
}

async function write(path: string, text: string): Promise<void> {
  // Jobs that begin at the same time write the same.
  const draft = `${path}.${randomUUID()}.tmp`;
  await writeFile(draft, text);
  await rename(draft, path);
}

async function readExtra(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new PluginError('MF_ERR_INTERNAL', `The certificate file ${path} can't be read.`, { cause });
  }
}
