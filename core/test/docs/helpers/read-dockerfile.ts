/** One COPY of a Dockerfile. */
export interface CopyInstruction {
  /** The stage it copies from; missing for the build context. */
  readonly from?: string;
  readonly sources: readonly string[];
}

/** Instructions of a Dockerfile, with continued lines joined and comments left out. */
export function readInstructions(text: string): string[] {
  const joined = text.replaceAll(/^#.*\n/gm, '').replaceAll(/\\\n\s*/g, '');
  return joined.split('\n').filter((line) => line.trim() !== '');
}

/** Every COPY, in order. */
export function readCopies(text: string): CopyInstruction[] {
  return readInstructions(text).flatMap((line) => {
    const words = line.split(/\s+/);
    if (words[0] !== 'COPY') return [];
    const from = words.find((word) => word.startsWith('--from='))?.slice('--from='.length);
    const paths = words.slice(1).filter((word) => !word.startsWith('--'));
    return [{ ...(from !== undefined && { from }), sources: paths.slice(0, -1) }];
  });
}

/** Whether a .dockerignore keeps a path from the engine: as Docker does, the last pattern that matches decides. */
export function isIgnored(dockerignore: string, path: string): boolean {
  const patterns = dockerignore.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'));
  let ignored = false;
  for (const line of patterns) {
    const keeps = line.startsWith('!');
    if (matchesAnyFolder(keeps ? line.slice(1) : line, path)) ignored = !keeps;
  }
  return ignored;
}

/** A pattern that matches a folder matches all that is in it. */
function matchesAnyFolder(pattern: string, path: string): boolean {
  const source = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('**/', '\u0000')
    .replaceAll('*', '[^/]*')
    .replaceAll('\u0000', '(?:.*/)?');
  return new RegExp(`^${source}(?:/.*)?$`).test(path);
}
