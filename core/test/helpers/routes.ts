import type { FastifyInstance, InjectOptions } from 'fastify';

type Method = NonNullable<InjectOptions['method']>;
export interface Route {
  readonly method: Method;
  readonly url: string;
}

/** Reads Fastify's drawing of its router: the only place that knows the routes of every plugin. */
export function listRoutes(app: FastifyInstance): Route[] {
  const drawing = app.printRoutes({ commonPrefix: false });
  const path: string[] = [];
  return drawing.split('\n').flatMap((line) => {
    const match = /^([│ ]*)[├└]── (\S+)(?: \(([A-Z, ]+)\))?/.exec(line);
    if (match === null) return [];
    const [, indent = '', part = '', methods = ''] = match;
    path.splice(indent.length / 4, Infinity, part);
    return (
      methods
        .split(', ')
        .filter((method) => method !== '')
        // The drawing sets a wildcard one level too high.
        .map((method) => ({ method: method, url: path.join('').replace('/docs/*', '/docs/static/*') }))
    );
  });
}

/** The web app's own files. */
export const isPage = (url: string): boolean => /^\/(?:(?:assets|icons)\/.*|[\w-]+\.\w+|\*)$/.test(url);
