/** Whoever may ask for a turn. */
export interface TurnAsker {
  send(message: { readonly type: 'turn'; readonly id: number }): void;
}

/** Lets the runners of a worker do one after the other what takes much memory for a moment. */
export interface Turns {
  /** Tells the asker when it is its turn. */
  ask(asker: TurnAsker, id: number): void;
  /** A turn is over, or not wanted any more. @param id @default all of this asker's */
  leave(asker: TurnAsker, id?: number): void;
}

interface Place {
  readonly asker: TurnAsker;
  readonly id: number;
}

/** A job that asks for more than so many at once is not waited for. */
const MOST = 8;

/** Creates the order in which turns are taken: first come, first served. */
export function createTurns(): Turns {
  /** Whose turn it is comes first. */
  let places: readonly Place[] = [];
  let told: Place | undefined;
  const tell = (): void => {
    const [first] = places;
    if (first === told) return;
    told = first;
    first?.asker.send({ type: 'turn', id: first.id });
  };
  return {
    ask(asker, id) {
      if (places.filter((place) => place.asker === asker).length >= MOST) return;
      places = [...places, { asker, id }];
      tell();
    },
    leave(asker, id) {
      places = places.filter((place) => place.asker !== asker || (id !== undefined && place.id !== id));
      tell();
    },
  };
}
