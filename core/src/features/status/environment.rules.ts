import type { Config } from '../../config.ts';

/** A value that only the environment sets. */
export interface FixedValue {
  /** The variable. */
  readonly name: string;
  readonly value: string;
}

/** What admins see of the environment: nothing secret, and of addresses no more than the host. */
export function listFixedValues(config: Config): FixedValue[] {
  const { mediaRoot, dataDir, concurrency, workers, watchdogMs, progressThrottleMs, proxyUrl } = config;
  return [
    { name: 'MEDIA_ROOT', value: mediaRoot },
    { name: 'DATA_DIR', value: dataDir },
    { name: 'MONGODB_URI', value: hostOf(config.mongodbUri) },
    { name: 'CONCURRENCY', value: String(concurrency) },
    { name: 'WORKERS', value: String(workers) },
    { name: 'WATCHDOG_SECONDS', value: String(watchdogMs / 1000) },
    { name: 'PROGRESS_THROTTLE_MS', value: String(progressThrottleMs) },
    { name: 'PROXY_URL', value: hostOf(proxyUrl) },
    { name: 'PUBLIC_URL', value: config.publicUrl ?? '' },
    { name: 'POLITE', value: String(config.polite) },
    { name: 'SAFE_MODE', value: String(config.safeMode) },
    { name: 'ALLOW_PRIVATE_HOSTS', value: config.allowPrivateHosts.join(', ') },
  ];
}

/** A name and password in the address are nobody's business. */
function hostOf(url: string | undefined): string {
  if (url === undefined) return '';
  return URL.parse(url)?.host ?? '…';
}
