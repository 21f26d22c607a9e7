import { ApiError, OFFLINE, parseProblem } from '../api/api-error.ts';

/**
 * Has the browser download an archive. Asks first whether the server makes it: a download that is refused says nothing.
 * @throws ApiError
 */
export async function startExport(url: string): Promise<void> {
  const asking = new AbortController();
  try {
    const answer = await fetch(url, { credentials: 'same-origin', signal: asking.signal });
    if (!answer.ok) throw parseProblem(answer.status, await answer.json().catch(() => undefined));
  } catch (cause) {
    throw cause instanceof ApiError ? cause : new ApiError(OFFLINE, '', { cause });
  } finally {
    asking.abort(); // Only its beginning was of interest.
  }
  const link = document.createElement('a');
  link.href = url;
  link.download = '';
  link.click();
}
