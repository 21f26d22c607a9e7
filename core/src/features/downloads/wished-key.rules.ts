/**
 * Under which key a download keeps its post. The sound alone of a post is an entry of its own: it neither replaces the post
 * in the library nor is answered by it.
 */
export function wishedKey(key: string, options: Readonly<Record<string, unknown>>): string {
  return options['audioOnly'] === true ? `${key}:audio` : key;
}
