/** What plugin code and tools may know of the worker's environment: nothing that could be a secret. */
const INHERITED = [
  'PATH',
  'HOME',
  'USER',
  'TZ',
  'TMPDIR',
  'LANG',
  'LC_ALL',
  'LD_LIBRARY_PATH',
  'SSL_CERT_DIR',
  'SSL_CERT_FILE',
  'NODE_EXTRA_CA_CERTS',
  'PYENV_ROOT',
  'NODE_COMPILE_CACHE',
];
const PROXIES = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'NO_PROXY'];

/** Builds the whole environment of a runner. */
export function buildRunnerEnvironment(parent: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const names = [...INHERITED, ...PROXIES, ...PROXIES.map((name) => name.toLowerCase())];
  return {
    ...Object.fromEntries(
      names.flatMap((name) => {
        const value = parent[name];
        return value === undefined ? [] : [[name, value] as const];
      }),
    ),
    // glibc keeps a heap for each thread and gives little of it back; pictures go through many threads.
    MALLOC_ARENA_MAX: '1',
    // A named threshold stays: else glibc keeps the room of the largest picture for ever.
    MALLOC_TRIM_THRESHOLD_: '131072',
    MALLOC_MMAP_THRESHOLD_: '131072',
  };
}
