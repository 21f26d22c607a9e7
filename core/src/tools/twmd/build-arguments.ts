/** Builds twmd's argv: addresses of one post only (`-z`), without its banner. */
export function buildTwmdArguments(postId: string, proxy?: string): string[] {
  return ['-B', '-t', postId, '-z', ...(proxy === undefined ? [] : ['-p', proxy])];
}
