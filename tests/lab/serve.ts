/**
 * Runs the platform lab alone until SIGTERM or SIGINT: `node tests/lab/serve.ts [--json]`. Prints the proxy's address, the
 * file of its certificate authority, and every post with what must become of it.
 */
import { once } from 'node:events';
import { createLab } from './index.ts';
import type { Lab } from './index.ts';

const describe = (lab: Lab): string => {
  const lines = [
    `proxy   ${lab.proxyUrl}`,
    `CA      ${lab.caFile}`,
    '',
    `yt-dlp      SSL_CERT_FILE=${lab.caFile} yt-dlp --proxy ${lab.proxyUrl} --compat-options no-certifi URL`,
    `gallery-dl  REQUESTS_CA_BUNDLE=${lab.caFile} gallery-dl --proxy ${lab.proxyUrl} URL`,
    '',
  ];
  for (const post of lab.posts) {
    const cookies = post.needsCookies ? ' (needs cookies)' : '';
    lines.push(`${post.outcome.padEnd(24)} ${post.url}`, `${' '.repeat(24)} ${post.name}: ${post.about}${cookies}`);
  }
  lines.push('', 'Posts without end:');
  for (const platform of ['instagram', 'tiktok', 'reddit', 'x', 'youtube'] as const)
    lines.push(...lab.endless(platform, 1).map((post) => `${' '.repeat(24)} ${post.url}`));
  return `${lines.join('\n')}\n`;
};

const lab = await createLab();
const asJson = process.argv.includes('--json');
process.stdout.write(
  asJson ? `${JSON.stringify({ proxyUrl: lab.proxyUrl, caFile: lab.caFile, posts: lab.posts })}\n` : describe(lab),
);
await Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')]);
await lab.close();
