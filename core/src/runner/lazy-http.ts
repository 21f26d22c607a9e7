import type { GuardedHttp } from '@mediafetcher/sdk';

/** An HTTP client that is built when it is first used: most jobs never need one. */
export function lazyHttp(create: () => Promise<GuardedHttp>): GuardedHttp {
  let made: Promise<GuardedHttp> | undefined;
  const get = (): Promise<GuardedHttp> => (made ??= create());
  return {
    request: async (url, options) => (await get()).request(url, options),
    download: async (url, path, options) => (await get()).download(url, path, options),
  };
}
