import type { ToolId } from '../failure/tool-run.ts';

/** How each tool is asked for its version. twmd answers with exit code 1. */
export const VERSION_ARGUMENTS: Readonly<Record<ToolId, readonly string[]>> = {
  'yt-dlp': ['--ignore-config', '--version'],
  'gallery-dl': ['--config-ignore', '--version'],
  twmd: ['-B', '-V'],
  ffmpeg: ['-version'],
  ffprobe: ['-version'],
};

/** Reads the version from what a tool prints; undefined when it is not that tool speaking. */
export function parseVersion(tool: ToolId, output: string): string | undefined {
  switch (tool) {
    case 'ffmpeg':
    case 'ffprobe':
      return new RegExp(`^${tool} version n?(\\S+)`, 'm').exec(output)?.[1];
    case 'twmd':
      return /version:?\s*v?(\d[\w.-]*)/i.exec(output)?.[1];
    default:
      return /^(\d[\w.+-]*)\s*$/m.exec(output)?.[1];
  }
}
