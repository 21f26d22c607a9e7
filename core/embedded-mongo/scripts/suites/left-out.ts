/** One title of a public suite that needs what this engine does not have, and what that is. */
export interface LeftOut {
  readonly title: string;
  readonly needs: string;
}

/** By suite: the titles that are not counted, because they need a feature that is refused on purpose. */
export const leftOut: Readonly<Record<string, readonly LeftOut[]>> = {
  mongoose: [],
  agenda: [],
  driver: [],
  unified: [],
};
