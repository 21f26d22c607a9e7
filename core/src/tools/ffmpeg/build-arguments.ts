/** Builds ffmpeg's argv: errors on stderr, progress on stdout, nothing asked. */
export function buildFfmpegArguments(middle: readonly string[], output: string): string[] {
  return ['-hide_banner', '-nostdin', '-y', '-loglevel', 'error', '-nostats', '-progress', 'pipe:1', ...middle, output];
}
