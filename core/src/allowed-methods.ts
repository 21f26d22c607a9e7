import type { FastifyInstance } from 'fastify';

declare module 'fastify' {
  interface FastifyInstance {
    /** Methods that the routes at a path take, in alphabetical order; empty where there is no route. */
    readonly allowedMethods: (path: string) => readonly string[];
  }
}

/** What means something in a pattern. */
const SPECIAL = /[.*+?^${}()|[\]\\]/g;

interface Place {
  readonly pattern: RegExp;
  readonly methods: Set<string>;
}

/** Notes from now on which methods each route takes, to tell «wrong method» from «nothing there». */
export function noteMethods(app: FastifyInstance): void {
  const places = new Map<string, Place>();
  app.addHook('onRoute', ({ url, method }) => {
    const pattern = patternOf(url);
    if (pattern === undefined) return;
    const place = places.get(url) ?? { pattern, methods: new Set() };
    for (const each of [method].flat()) place.methods.add(each.toUpperCase());
    places.set(url, place);
  });
  app.decorate('allowedMethods', (path) => {
    const found = [...places.values()].filter(({ pattern }) => pattern.test(path));
    return [...new Set(found.flatMap(({ methods }) => [...methods]))].sort();
  });
}

/** Of a route's address with `:name` in the place of a part; undefined for one that stands for many addresses. */
function patternOf(url: string): RegExp | undefined {
  if (url.includes('*')) return undefined;
  const parts = url
    .split('/')
    .map((part) => (part.startsWith(':') ? '[^/]+' : part.replaceAll(SPECIAL, String.raw`\$&`)));
  return new RegExp(`^${parts.join('/')}$`);
}
