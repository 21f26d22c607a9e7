/** CSS pixels that a finger pulls until letting go refreshes. */
const FAR = 128;
/** So much of the finger's way the sign goes, and no further than this. */
const FOLLOWS = 0.5;
const LOWEST = 88;

export const isPulledFar = (offset: number): boolean => offset >= FAR;

/** Where the sign is: it follows the finger as if it were heavy. */
export const pulledTo = (offset: number): number => Math.min(LOWEST, Math.max(0, offset) * FOLLOWS);
