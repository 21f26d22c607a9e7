import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { getCACertificates } from 'node:tls';
import { PluginError } from '@mediafetcher/sdk';
import { sizeOfFile } from './whole-files.ts';

/**
 * Writes one PEM file with the usual certificate authorities and the extra one, since the tools take a single file. Made once for each
 * content of the extra file.
 * @throws MF_ERR_INTERNAL when the extra file cannot be read
 */
export async function buildCaBundle(extraCaFile: string, stateDirectory: string): Promise<string> {
  const extra = await readExtra(extraCaFile);
  const key = createHash('sha256').update(process.version).update(extra).digest('hex').slice(0, 16);
  const path = join(stateDirectory, `ca-${key}.pem`);
  if ((await sizeOfFile(path)) > 0) return path;
  await mkdir(stateDirectory, { recursive: true, mode: 0o700 });
  const draft = `${path}.${process.pid}.tmp`;
  await writeFile(draft, joinCertificates([...getCACertificates('bundled'), ...getCACertificates('system'), extra]));
  await rename(draft, path);
  return path;
}

/** One certificate after the other, each once. */
export function joinCertificates(certificates: readonly string[]): string {
  return [...new Set(certificates.map((text) => text.trim()))].map((text) => `${text}\n`).join('');
}

async function readExtra(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new PluginError('MF_ERR_INTERNAL', `The certificate file ${path} can't be read.`, { cause });
  }
}
