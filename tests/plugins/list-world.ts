import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { matchLink } from '@mediafetcher/sdk';
import type { Connector, ConnectorManifest, ListedPost } from '@mediafetcher/sdk';
import { createTools } from '../../core/src/tools/index.ts';
import type { Lab, LabProfile, Platform } from '../lab/index.ts';

const silent = (): void => undefined;

interface ListOptions {
  readonly limit: number;
  readonly options?: Readonly<Record<string, unknown>>;
  readonly signedIn?: boolean;
  readonly url?: string;
}

/** Reads a profile of the lab with the real tools, as a runner would; what came before a failure and the failure. */
export async function readProfile(
  lab: Lab,
  { manifest, connector }: { readonly manifest: ConnectorManifest; readonly connector: Connector },
  profile: LabProfile,
  { limit, options = {}, signedIn = false, url = profile.url }: ListOptions,
): Promise<{ readonly posts: readonly ListedPost[]; readonly keys: readonly string[]; readonly failure?: unknown }> {
  const folder = await mkdtemp(join(tmpdir(), 'mf-list-'));
  try {
    const found = matchLink(url, [manifest]);
    if (!found.ok) throw new Error(found.message);
    const cookiesFile = join(folder, 'cookies.txt');
    // The manifest's platform is one of the lab's.
    if (signedIn) await writeFile(cookiesFile, lab.cookies(manifest.platform as Platform), { mode: 0o600 });
    const tools = createTools({
      paths: {
        ytDlp: process.env['YTDLP_PATH'] ?? 'yt-dlp',
        galleryDl: process.env['GALLERYDL_PATH'] ?? 'gallery-dl',
      },
      signal: new AbortController().signal,
      stagingDirectory: folder,
      stateDirectory: join(folder, 'state'),
      platform: manifest.platform,
      maxFileBytes: 1_000_000_000,
      proxy: lab.proxyUrl,
      extraCaFile: lab.caFile,
      slow: false,
      log: { debug: silent, info: silent, warn: silent },
      onProgress: silent,
      ...(signedIn && { cookiesFile }),
    });
    const http = {
      request: async () => Promise.reject(new Error('none')),
      download: async () => Promise.reject(new Error('none')),
    };
    const context = {
      signal: new AbortController().signal,
      log: { debug: silent, info: silent, warn: silent },
      link: found.match,
      ...{ options, settings: {}, stagingDirectory: folder, tools, http, progress: silent },
      ...(signedIn && { cookiesFile }),
    };
    const posts: ListedPost[] = [];
    const keyOf = (post: ListedPost): string => {
      const match = matchLink(post.url, [manifest]);
      return match.ok ? (match.match.key ?? '') : match.code;
    };
    const read = (failure?: unknown) => ({ posts, keys: posts.map(keyOf), ...(failure !== undefined && { failure }) });
    try {
      for await (const post of connector.list?.(context, { limit }) ?? []) {
        posts.push(post);
        if (posts.length >= limit) break;
      }
      return read();
    } catch (error) {
      return read(error);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
