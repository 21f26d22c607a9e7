/** gallery-dl tells what the platform's headers ask for; its own minute after a bare 429 is no such wish. */
const WAITING = /\bWaiting for (\d{1,9}(?:\.\d{1,9})?) seconds\b.*\(rate limit\)/i;

/** Milliseconds for which a platform asked to be left alone, as a tool passes it on. */
export function parseAskedWait(log: string): number | undefined {
  const seconds = WAITING.exec(log)?.[1];
  return seconds === undefined ? undefined : Math.ceil(Number(seconds) * 1000);
}
