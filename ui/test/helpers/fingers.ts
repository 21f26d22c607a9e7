/** How one finger goes, in CSS pixels from where it comes down. */
type Step = readonly [x: number, y: number];

interface Way {
  /** Where it comes down. @default the middle of the element */
  readonly at?: Step;
  /** It is not lifted. */
  readonly stays?: boolean;
  /** How the way ends. @default 'touchend' */
  readonly end?: 'touchend' | 'touchcancel';
}

/** One finger on an element. @returns the events of its moves, to see whether the page would have scrolled */
export function drag(target: Element, steps: readonly Step[], { at, stays, end = 'touchend' }: Way = {}): TouchEvent[] {
  const box = target.getBoundingClientRect();
  const [x, y] = at ?? [box.left + box.width / 2, box.top + box.height / 2];
  const send = (type: string, [dx, dy]: Step): TouchEvent => {
    const touch = new Touch({ identifier: 1, target, clientX: x + dx, clientY: y + dy });
    const down = type === 'touchstart' || type === 'touchmove';
    const event = new TouchEvent(type, {
      ...{ bubbles: true, composed: true, cancelable: true },
      ...{ touches: down ? [touch] : [], changedTouches: [touch] },
    });
    target.dispatchEvent(event);
    return event;
  };
  send('touchstart', [0, 0]);
  const moves = steps.map((step) => send('touchmove', step));
  if (!stays) send(end, steps.at(-1) ?? [0, 0]);
  return moves;
}

/** Makes the page look as if two fingers had made it that much larger; undefined gives it back. */
export function zoom(scale: number | undefined): void {
  const viewport = window.visualViewport;
  if (!viewport) throw new Error('no viewport');
  if (scale === undefined) Reflect.deleteProperty(viewport, 'scale');
  else Object.defineProperty(viewport, 'scale', { configurable: true, value: scale });
  viewport.dispatchEvent(new Event('resize'));
}
