import { thumbHashToAverageRGBA, thumbHashToDataURL } from 'thumbhash';

/** Milliseconds after which a blur is drawn even where the page never rests. */
const LATEST = 400;
/** Milliseconds of work that a rest must still have room for. */
const ROOM = 2;

const queue = new Set<() => void>();
let planned = false;

/** What a picture is on the whole, of its thumbhash: a CSS colour that costs next to nothing; none where it has none. */
export function averageColour(hash: string): string | undefined {
  return read(hash, (bytes) => {
    const { r, g, b } = thumbHashToAverageRGBA(bytes);
    const channel = (share: number): number => Math.round(share * 255);
    return `rgb(${channel(r)} ${channel(g)} ${channel(b)})`;
  });
}

/** The blur that a thumbhash describes, as the address of a tiny picture. */
export const blurAddress = (hash: string): string | undefined => read(hash, thumbHashToDataURL);

/** Runs when nothing else has to. @returns the way to leave it be */
export function whenIdle(run: () => void): () => void {
  queue.add(run);
  if (!planned) plan();
  return () => queue.delete(run);
}

function plan(): void {
  planned = true;
  if ('requestIdleCallback' in window) requestIdleCallback(work, { timeout: LATEST });
  else setTimeout(work, LATEST / 4); // Safari has none.
}

function work(deadline?: IdleDeadline): void {
  planned = false;
  for (const run of queue) {
    queue.delete(run);
    run();
    if (deadline && deadline.timeRemaining() < ROOM) break;
  }
  if (queue.size > 0) plan();
}

function read<Result>(hash: string, make: (bytes: Uint8Array) => Result): Result | undefined {
  try {
    return hash ? make(Uint8Array.from(atob(hash), (char) => char.charCodeAt(0))) : undefined;
  } catch {
    return undefined; // Not a thumbhash: the plain surface stays.
  }
}
