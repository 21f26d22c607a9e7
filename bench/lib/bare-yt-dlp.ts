import type { Lab } from '../../tests/lab/index.ts';

/** Arguments of yt-dlp as a person would give them, besides what leads it to the lab. The address comes after them. */
export function bareArguments(lab: Lab): string[] {
  const toLab = ['--proxy', lab.proxyUrl, '--compat-options', 'no-certifi'];
  return ['--ignore-config', '--no-update', '--quiet', ...toLab, '-o', '%(id)s.%(ext)s'];
}

/** Environment in which yt-dlp trusts the lab. */
export function bareEnvironment(lab: Lab): NodeJS.ProcessEnv {
  return { ...process.env, SSL_CERT_FILE: lab.caFile };
}
