/** Shorter ones are seen from their beginning. Seconds. */
const SHORTEST = 60;
/** So near to one of its ends, there is nothing to go on from. Seconds. */
const EDGE = 8;
const MOST = 200;
const KEY = 'mf.positions';

/** True for a place in a film or a sound that somebody wants to go on from. */
export const isWorthKeeping = (seconds: number, duration: number): boolean =>
  Number.isFinite(duration) && duration >= SHORTEST && seconds > EDGE && seconds < duration - EDGE;

/** How far somebody got with a medium, in seconds; nothing where it starts from its beginning. */
export const readPosition = (mediaId: string): number | undefined => all().get(mediaId);

/** Keeps how far somebody got, of the last ones that were looked at. */
export function keepPosition(mediaId: string, seconds: number, duration: number): void {
  const positions = all();
  const known = positions.delete(mediaId);
  const keep = isWorthKeeping(seconds, duration);
  if (!known && !keep) return;
  if (keep) positions.set(mediaId, Math.round(seconds * 10) / 10);
  try {
    localStorage.setItem(KEY, JSON.stringify([...positions].slice(-MOST)));
  } catch {
    // Full or forbidden: it starts from its beginning next time.
  }
}

function all(): Map<string, number> {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    const isPair = (entry: unknown): entry is [string, number] =>
      Array.isArray(entry) && typeof entry[0] === 'string' && Number.isFinite(entry[1]);
    return new Map(Array.isArray(kept) ? kept.filter(isPair) : []);
  } catch {
    return new Map();
  }
}
