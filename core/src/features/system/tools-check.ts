import type { Config } from '../../config.ts';
import { locateTools } from '../../tools/index.ts';
import type { HealthCheck } from './health.ts';

/** Without these nothing can be downloaded; twmd is one engine among others. */
const NEEDED: readonly string[] = ['yt-dlp', 'gallery-dl', 'ffmpeg', 'ffprobe'];

/** Whether the tools are there; their versions are asked once for each file. */
export async function checkTools({ dataDir, toolPaths }: Config): Promise<HealthCheck> {
  const tools = await locateTools({ dataDir, ...toolPaths });
  const missing = NEEDED.filter((name) => !tools.some((tool) => tool.name === name && tool.found));
  return missing.length === 0 ? { status: 'ok' } : { status: 'degraded', reason: `Missing: ${missing.join(', ')}.` };
}
