import type { ConnectorContext, ToolDocument } from '@mediafetcher/sdk';
import { PluginError, readText } from '@mediafetcher/sdk';

/**
 * Lets Shorts through and nothing else. `media_type` is YouTube's own flag; where yt-dlp does not know it, the /shorts/
 * page is asked, which sends every other video on to /watch. Length and shape prove nothing.
 * @throws MF_ERR_URL_NOT_A_SHORT
 */
export async function requireShort(info: ToolDocument, context: ConnectorContext): Promise<void> {
  const type = readText(info, 'media_type');
  if (type === 'short') return;
  if (type === undefined && (await isShortsPage(context))) return;
  const title = readText(info, 'title') ?? 'This video';
  const what = type === 'livestream' ? 'a live stream' : 'a video';
  throw new PluginError(
    'MF_ERR_URL_NOT_A_SHORT',
    `“${title}” is ${what}, not a Short. Only YouTube Shorts are downloaded.`,
  );
}

/** What neither yes nor no answers (a consent page) is believed from a /shorts/ address only. */
async function isShortsPage({ http, link }: ConnectorContext): Promise<boolean> {
  const id = link.key?.slice('youtube:'.length) ?? '';
  const { status, headers } = await http.request(`https://www.youtube.com/shorts/${id}`, { method: 'HEAD' });
  if (status === 200) return true;
  return link.certain && !(headers['location'] ?? '').includes('/watch');
}
