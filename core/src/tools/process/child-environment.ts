import { delimiter, dirname } from 'node:path';
import type { CaFiles } from '../ca-bundle.ts';

/** What a tool may know of the server's environment: nothing that could be a secret. */
const INHERITED = [
  'PATH',
  'HOME',
  'TZ',
  'TMPDIR',
  'LD_LIBRARY_PATH',
  'PYENV_ROOT',
  'SSL_CERT_DIR',
  'SSL_CERT_FILE',
  'REQUESTS_CA_BUNDLE',
];
const PROXIES = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'NO_PROXY'];

export interface ChildEnvironmentOptions {
  /** Programs whose folders come first on PATH. */
  readonly programs?: readonly string[];
  /** A proxy of ours is set: then the one of the environment must not interfere. */
  readonly ownProxy?: boolean;
  /** Every certificate authority that the tool may trust. */
  readonly ca?: CaFiles;
}

/** Builds the whole environment of a tool (nothing else is inherited). */
export function buildChildEnvironment(
  parent: Readonly<Record<string, string | undefined>>,
  options: ChildEnvironmentOptions = {},
): Record<string, string> {
  const { programs = [], ownProxy = false, ca } = options;
  const names = ownProxy ? INHERITED : [...INHERITED, ...PROXIES, ...PROXIES.map((name) => name.toLowerCase())];
  const inherited = names.flatMap((name) => {
    const value = parent[name];
    return value === undefined || value === '' ? [] : [[name, value] as const];
  });
  const folders = [...new Set(programs.map((program) => dirname(program)))];
  return {
    ...Object.fromEntries(inherited),
    PATH: [...folders, parent['PATH'] ?? '/usr/local/bin:/usr/bin:/bin'].join(delimiter),
    // English texts in UTF-8: the failure table reads them.
    LANG: 'C.UTF-8',
    LC_ALL: 'C.UTF-8',
    PYTHONUNBUFFERED: '1',
    PYTHONIOENCODING: 'utf-8',
    PYTHONSAFEPATH: '1',
    ...(ca && {
      SSL_CERT_FILE: ca.file,
      ...(ca.directory !== undefined && { SSL_CERT_DIR: ca.directory }),
      REQUESTS_CA_BUNDLE: ca.bundle,
      CURL_CA_BUNDLE: ca.bundle,
    }),
  };
}
