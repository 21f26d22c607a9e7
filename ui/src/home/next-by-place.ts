const TOLERANCE = 4;

/** The card that an arrow key leads to from another: the nearest in that direction, by place and not by order. */
export function nextByPlace(key: string, from: HTMLElement, cards: readonly HTMLElement[]): HTMLElement | undefined {
  const here = from.getBoundingClientRect();
  const middle = here.top + Math.min(here.height, 200) / 2;
  let best: HTMLElement | undefined;
  let bestDistance = Infinity;
  for (const card of cards) {
    if (card === from) continue;
    const there = card.getBoundingClientRect();
    const distance = distanceTo(key, here, there, middle);
    if (distance !== undefined && distance < bestDistance) {
      best = card;
      bestDistance = distance;
    }
  }
  return best;
}

function distanceTo(key: string, here: DOMRect, there: DOMRect, middle: number): number | undefined {
  const sideways = Math.abs(there.left - here.left);
  switch (key) {
    case 'ArrowDown':
      return there.top >= here.bottom - TOLERANCE && sideways < TOLERANCE ? there.top - here.bottom : undefined;
    case 'ArrowUp':
      return there.bottom <= here.top + TOLERANCE && sideways < TOLERANCE ? here.top - there.bottom : undefined;
    case 'ArrowRight':
      return there.left >= here.right - TOLERANCE ? (there.left - here.right) * 10 + offset(middle, there) : undefined;
    case 'ArrowLeft':
      return there.right <= here.left + TOLERANCE ? (here.left - there.right) * 10 + offset(middle, there) : undefined;
    default:
      return undefined;
  }
}

/** How far a height is from a card; 0 where the card covers it. */
const offset = (y: number, there: DOMRect): number => Math.max(0, there.top - y, y - there.bottom);
