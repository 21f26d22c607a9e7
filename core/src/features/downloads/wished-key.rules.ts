/**
 * Under which key a download keeps its post. The sound alone of a post, its pictures or videos alone, some of its items or a
 * smaller picture are entries of their own: they neither replace the post in the library nor are answered by it.
 */
export function wishedKey(key: string, options: Readonly<Record<string, unknown>>): string {
  const { audioOnly, media, items, maxResolution } = options;
  return [
    key,
    ...(audioOnly === true ? ['audio'] : []),
    ...(media === 'images' || media === 'videos' ? [media] : []),
    ...(typeof items === 'string' ? [`items-${items}`] : []),
    // Sound has no lines.
    ...(typeof maxResolution === 'number' && audioOnly !== true ? [`${maxResolution}p`] : []),
  ].join(':');
}
