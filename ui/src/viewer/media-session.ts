/** What the system shows of what plays, on a lock screen or a keyboard. */
export interface Playing {
  readonly media: HTMLMediaElement;
  readonly title: string;
  readonly artist: string;
  /** Address of a picture; empty: none. */
  readonly artwork: string;
  /** To the post before or after. */
  readonly onStep: (step: 1 | -1) => void;
}

const JUMP = 10;
const ACTIONS = ['play', 'pause', 'seekbackward', 'seekforward', 'seekto', 'previoustrack', 'nexttrack'] as const;

/** Tells the system what plays, and takes its keys. */
export function showPlaying({ media, title, artist, artwork, onStep }: Playing): void {
  const session = sessionOf();
  if (!session) return;
  session.metadata = new MediaMetadata({ title, artist, artwork: artwork ? [{ src: artwork }] : [] });
  const seek = (to: number): void => {
    if (Number.isFinite(media.duration)) media.currentTime = Math.min(media.duration, Math.max(0, to));
  };
  const handlers: Record<(typeof ACTIONS)[number], MediaSessionActionHandler> = {
    play: () => void media.play().catch(() => undefined),
    pause: () => media.pause(),
    seekbackward: ({ seekOffset }) => seek(media.currentTime - (seekOffset ?? JUMP)),
    seekforward: ({ seekOffset }) => seek(media.currentTime + (seekOffset ?? JUMP)),
    seekto: ({ seekTime }) => seek(seekTime ?? media.currentTime),
    previoustrack: () => onStep(-1),
    nexttrack: () => onStep(1),
  };
  for (const action of ACTIONS) handle(session, action, handlers[action]);
}

/** Where it is, for the system's own slider. */
export function showPosition({ duration, currentTime, playbackRate }: HTMLMediaElement): void {
  if (!Number.isFinite(duration) || duration <= 0) return;
  sessionOf()?.setPositionState({ duration, playbackRate, position: Math.min(duration, currentTime) });
}

/** Nothing plays any more. */
export function hidePlaying(): void {
  const session = sessionOf();
  if (!session) return;
  session.metadata = null;
  for (const action of ACTIONS) handle(session, action, null);
}

/** Not every browser has one, whatever the types say. */
const sessionOf = (): MediaSession | undefined => ('mediaSession' in navigator ? navigator.mediaSession : undefined);

function handle(session: MediaSession, action: MediaSessionAction, handler: MediaSessionActionHandler | null): void {
  try {
    session.setActionHandler(action, handler);
  } catch {
    // A key that this browser does not know.
  }
}
