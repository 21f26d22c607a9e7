import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, it } from 'node:test';
import { ROOT } from './helpers/read-docs.ts';

const pages = ['README.md', 'CONTRIBUTING.md', ...globSync('docs/**/*.md', { cwd: ROOT })].map((path) =>
  join(ROOT, path),
);

/** Targets of links and pictures outside code blocks. */
function readTargets(page: string): string[] {
  const text = readFileSync(page, 'utf8').replaceAll(/^```[^]*?^```$/gm, '');
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, target]) => target ?? []);
}

/** As GitHub makes them. */
function readAnchors(page: string): string[] {
  const headings = [...readFileSync(page, 'utf8').matchAll(/^#+ (.*)$/gm)].flatMap(([, text]) => text ?? []);
  return headings.map((text) =>
    text
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} -]/gu, '')
      .replaceAll(' ', '-'),
  );
}

function problemOf(page: string, target: string): string | undefined {
  if (/^[a-z]+:/.test(target)) return undefined;
  const [path = '', anchor] = target.split('#');
  const file = path === '' ? page : join(dirname(page), path);
  if (!existsSync(file)) return `${target} leads nowhere`;
  return anchor === undefined || readAnchors(file).includes(anchor) ? undefined : `${target}: no such heading`;
}

describe('links', () => {
  for (const page of pages) {
    it(`of ${relative(ROOT, page)} lead to files`, () => {
      assert.deepEqual(
        readTargets(page).flatMap((target) => problemOf(page, target) ?? []),
        [],
      );
    });
  }

  it('reach every page of docs from the README or from another page', () => {
    const reached = new Set(
      pages.flatMap((page) => readTargets(page).map((target) => join(dirname(page), target.split('#')[0] ?? ''))),
    );
    const folders = (page: string): boolean => reached.has(join(dirname(page), '/'));
    assert.deepEqual(
      pages.filter((page) => page.includes('/docs/') && !reached.has(page) && !folders(page)),
      [],
    );
  });
});
