import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { Mockttp } from 'mockttp';
import { generateCACertificate, getLocal } from 'mockttp';

/** The web of one test: a proxy that answers for every site, and the certificate authority that vouches for it. */
export interface Site {
  readonly web: Mockttp;
  readonly proxy: string;
  readonly extraCaFile: string;
}

export async function createSite(t: TestContext): Promise<Site> {
  const directory = await mkdtemp(join(tmpdir(), 'mf-site-'));
  const https = await generateCACertificate({ subject: { commonName: 'A test' } });
  const extraCaFile = join(directory, 'ca.pem');
  await writeFile(extraCaFile, https.cert);
  const web = getLocal({ https });
  await web.start();
  t.after(async () => {
    await web.stop();
    await rm(directory, { recursive: true, force: true });
  });
  return { web, proxy: web.url, extraCaFile };
}
