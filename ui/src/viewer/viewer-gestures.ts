import { styleMap } from 'lit/directives/style-map.js';
import { leadsForward } from './gesture.rules.ts';
import type { Swipe } from './gesture.rules.ts';
import type { Drag, Gestures } from './gestures.ts';
import type { MfStage } from './mf-stage.ts';
import type { ViewerSteps } from './viewer-steps.ts';

type Host = HTMLElement & { dragging: Drag | undefined };

interface Reach {
  readonly steps: ViewerSteps;
  readonly stage: () => MfStage | undefined;
  readonly close: () => void;
}

/** What fingers do in the viewer: sideways an item, up and down a post, a slow drag down closes, taps skip, a rest speeds up. */
export function viewerGestures(host: Host, { steps, stage, close }: Reach): Gestures {
  const rtl = (): boolean => host.matches(':dir(rtl)');
  const go: Readonly<Record<Swipe, () => void>> = {
    left: () => steps.item(rtl() ? -1 : 1),
    right: () => steps.item(rtl() ? 1 : -1),
    up: () => steps.post(1),
    // Before the first one there is nothing but the way out.
    down: () => (steps.place.previous ? steps.post(-1) : close()),
    close,
  };
  return {
    swipe: (swipe) => go[swipe](),
    drag: (drag) => (host.dragging = drag ?? (host.dragging?.swipe ? undefined : HOME)),
    tap: ({ x }, count) => {
      const shown = stage();
      if (shown?.player) shown.player.skip(leadsForward(x, shown.getBoundingClientRect(), rtl()) ? 1 : -1, count);
    },
    hold: () => stage()?.player?.hold() ?? false,
    release: () => stage()?.player?.release(),
  };
}

/** A drag that was given up: the picture goes back by itself. What a swipe brings is there at once. */
const HOME: Drag = { x: 0, y: 0, swipe: undefined };

/** The picture goes with the finger. */
export const dragStyle = (drag: Drag | undefined) =>
  styleMap(
    drag
      ? { translate: `${drag.x}px ${drag.y}px`, ...(drag === HOME && { transition: 'translate var(--mf-quick)' }) }
      : {},
  );
