import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The project's root folder. */
export const ROOT = join(import.meta.dirname, '../../../..');

/** Reads a file of the project by its path from the root. */
export function readProjectFile(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

/** Cells of every table row whose first cell is one code span, by the text of that span. */
export function readTableRows(markdown: string): Map<string, readonly string[]> {
  const rows = markdown.split('\n').flatMap((line) => {
    const cells = line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim());
    const name = /^`([A-Z][A-Z0-9_]+)`$/.exec(cells[0] ?? '')?.[1];
    return name === undefined ? [] : [[name, cells] as const];
  });
  return new Map(rows);
}
