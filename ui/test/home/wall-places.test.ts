import { assert } from 'chai';
import { WallPlaces } from '../../src/home/wall-places.ts';

interface Item {
  readonly id: number;
  readonly height: number;
}
const items = (from: number, to: number): Item[] =>
  Array.from({ length: to - from }, (_, n) => ({ id: from + n, height: 80 + (((from + n + 1000) * 73) % 300) }));
const placesOf = (list: readonly Item[], start = 0): WallPlaces<Item> => {
  const places = new WallPlaces<Item>(4, 10, ({ height }) => height);
  places.set(list, start);
  return places;
};

/** How far each card is from a certain one, by id. */
function around(places: WallPlaces<Item>, list: readonly Item[], id: number): Map<number, string> {
  const top = places.at(list.findIndex((item) => item.id === id))?.top ?? NaN;
  return new Map(
    list.map((item, index) => {
      const place = places.at(index);
      return [item.id, `${place?.column} ${(place?.top ?? NaN) - top}`];
    }),
  );
}

describe('WallPlaces', () => {
  const known = items(0, 100);
  const all = items(-40, 160);

  it('grows at both ends and keeps the places in between', () => {
    const places = placesOf(known);
    const before = around(places, known, 50);
    places.set(all, -40);
    const after = around(places, all, 50);
    for (const [id, place] of before) assert.equal(after.get(id), place, `card ${id}`);
    assert.equal(after.size, 200);
  });

  it('shrinks at both ends and keeps the places in between', () => {
    const places = placesOf(all, -40);
    const before = around(places, all, 50);
    places.set(known, 0);
    const after = around(places, known, 50);
    for (const [id, place] of after) assert.equal(before.get(id), place, `card ${id}`);
    assert.equal(after.size, 100);
  });

  it('begins at its upper edge, wherever the first card is', () => {
    const places = placesOf(known);
    places.set(all, -40);
    assert.equal(Math.min(...all.map((_, index) => places.at(index)?.top ?? NaN)), 0);
    assert(places.between(0, 1).length > 0);
    assert.equal(places.even, false);
    places.again();
    assert.equal(places.even, true);
  });

  for (const [what, list, start] of [
    ['one that is gone in between', known.filter(({ id }) => id !== 20), 0],
    ['one that came first', [...items(900, 901), ...known], 0],
    ['quite another list', items(300, 330), 0],
    ['a list that begins elsewhere', items(700, 730), 25],
    ['nothing', [], 0],
  ] as const) {
    it(`${what}: all is laid as if it were new`, () => {
      const places = placesOf(known);
      places.set(list, start);
      const fresh = placesOf(list);
      for (const index of list.keys()) assert.deepEqual(places.at(index), fresh.at(index));
      assert.equal(places.height, fresh.height);
    });
  }

  it('laid part by part, each card has the place that it has laid at once', () => {
    const places = new WallPlaces<Item>(4, 10, ({ height }) => height);
    places.set(known, 0, 0);
    assert.equal(places.complete, false);
    while (!places.complete) places.lay(Number.MIN_VALUE);
    const atOnce = placesOf(known);
    for (const index of known.keys()) assert.deepEqual(places.at(index), atOnce.at(index));
    assert.equal(places.height, atOnce.height);
  });

  it('another item of the same height changes no place', () => {
    const places = placesOf(known);
    const changed = known.map((item) => (item.id === 5 ? { ...item } : item));
    const before = around(places, known, 50);
    places.set(changed, 0);
    assert.deepEqual(around(places, changed, 50), before);
  });
});
