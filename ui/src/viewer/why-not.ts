/** Why a file does not show: the browser does not know its format, it is not there, or the server cannot be reached. */
export type WhyNot = 'format' | 'gone' | 'offline';

/** Asks the server for the first byte: elements that show files do not say what went wrong. */
export async function whyNot(src: string): Promise<WhyNot> {
  try {
    const answer = await fetch(src, { headers: { range: 'bytes=0-0' }, credentials: 'same-origin' });
    await answer.body?.cancel();
    if (answer.ok) return 'format';
    return answer.status === 404 || answer.status === 410 ? 'gone' : 'offline';
  } catch {
    return 'offline';
  }
}
