import { globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import type { Plugin } from 'vite';
import { ROOT } from '../steps.ts';

export interface Bundle {
  /** Name in the result → source, both relative. */
  readonly entries: Readonly<Record<string, string>>;
  /** Folder of the result, relative to the project. */
  readonly dist: string;
  /** Empties the folder first. @default true */
  readonly empty?: boolean;
  /** Packages that are loaded from node_modules when the result runs. @default all */
  readonly external?: readonly string[];
  /** Chunks that are wanted: name in the result → sources. */
  readonly chunks?: Readonly<Record<string, RegExp>>;
}

/** Bundles TypeScript for Node: one file for each entry, chunks for what they share and for what is loaded late. */
export async function bundle({ entries, dist, empty = true, external, chunks }: Bundle): Promise<void> {
  // Loaded only when something has to be built.
  const { build } = await import('vite');
  await build({
    configFile: false,
    envDir: false,
    root: ROOT,
    logLevel: 'warn',
    publicDir: false,
    plugins: [withoutMapsOfPackages],
    ssr: {
      target: 'node',
      noExternal: external === undefined ? [/^@mediafetcher\//] : true,
      ...(external !== undefined && { external: [...external] }),
    },
    build: {
      ssr: true,
      outDir: join(ROOT, dist),
      emptyOutDir: empty,
      target: 'node24',
      sourcemap: true,
      minify: false,
      reportCompressedSize: false,
      rolldownOptions: {
        input: Object.fromEntries(Object.entries(entries).map(([name, file]) => [name, join(ROOT, file)])),
        output: {
          format: 'es',
          entryFileNames: '[name].js',
          chunkFileNames: '[name]-[hash].js',
          sourcemapExcludeSources: true,
          minify: {
            compress: false,
            mangle: { keepNames: true },
            codegen: { removeWhitespace: true, asciiOnly: true },
          },
          comments: { legal: true, annotation: false, jsdoc: false },
          ...(chunks !== undefined && {
            codeSplitting: {
              includeDependenciesRecursively: false,
              groups: Object.entries(chunks).map(([name, test]) => ({ name, test })),
            },
          }),
        },
      },
    },
  });
  dropEmptyMaps(join(ROOT, dist));
}

/** A map that says nothing still makes Node measure every line of its module. */
function dropEmptyMaps(dist: string): void {
  for (const path of globSync('**/*.js.map', { cwd: dist }).map((file) => join(dist, file))) {
    const { mappings } = JSON.parse(readFileSync(path, 'utf8')) as { mappings: string };
    if (/[^;]/.test(mappings)) continue;
    const script = path.slice(0, -'.map'.length);
    writeFileSync(script, readFileSync(script, 'utf8').replace(/\n\/\/# sourceMappingURL=\S+\s*$/, '\n'));
    rmSync(path);
  }
}

/** Node reads a module's map when it loads the module: only our own lines are worth it. */
const withoutMapsOfPackages: Plugin = {
  name: 'without-maps-of-packages',
  transform: {
    filter: { id: /\/node_modules\/.*\.[cm]?js$/ },
    handler: (code, id) => (isAbsolute(id) ? { code, map: { mappings: '' } } : undefined),
  },
};
