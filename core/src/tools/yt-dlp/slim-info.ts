/** Large or secret parts of an info document that no plugin needs. */
const DROPPED = new Set([
  ...['automatic_captions', 'subtitles', 'requested_subtitles', 'heatmap', 'comments', '_format_sort_fields'],
  ...['cookies', 'http_headers', 'fragments', '_filename', 'filename', '__files_to_move', '_version'],
]);
const LISTS_OF_PARTS = ['formats', 'requested_formats', 'thumbnails'];
const MAX_PARTS = 200;

type Info = Readonly<Record<string, unknown>>;

/** Takes cookies, headers, captions and fragment lists out of an info document. */
export function slimInfo(info: Info): Info {
  const kept = withoutDropped(info);
  for (const name of LISTS_OF_PARTS) {
    const parts = kept[name];
    if (Array.isArray(parts)) kept[name] = parts.slice(-MAX_PARTS).map((part: unknown) => slimPart(part));
  }
  return kept;
}

function slimPart(part: unknown): unknown {
  return typeof part === 'object' && part !== null ? withoutDropped(part) : part;
}

function withoutDropped(value: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).filter(([name]) => !DROPPED.has(name)));
}
