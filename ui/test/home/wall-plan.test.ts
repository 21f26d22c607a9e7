import { assert } from 'chai';
import { WallPlan } from '../../src/home/wall-plan.rules.ts';

const planOf = (columns: number, gap: number, heights: readonly number[]): WallPlan => {
  const plan = new WallPlan(columns, gap);
  for (const height of heights) plan.push(height);
  return plan;
};

describe('WallPlan', () => {
  it('each goes under the shortest column, the first of several', () => {
    const plan = planOf(3, 10, [100, 50, 70, 20, 30, 5]);
    assert.deepEqual(
      [0, 1, 2, 3, 4, 5].map((index) => [plan.at(index)?.column, plan.at(index)?.top]),
      [
        [0, 0],
        [1, 0],
        [2, 0],
        [1, 60],
        [2, 80],
        [1, 90],
      ],
    );
    assert.equal(plan.height, 110);
    assert.equal(plan.at(6), undefined);
  });

  it('adding later is the same as adding at once', () => {
    const heights = Array.from({ length: 500 }, (_, n) => 80 + ((n * 73) % 300));
    const [all, some] = [planOf(5, 14, heights), planOf(5, 14, heights.slice(0, 200))];
    for (const height of heights.slice(200)) some.push(height);
    for (const index of heights.keys()) assert.deepEqual(some.at(index), all.at(index));
    assert.equal(some.height, all.height);
  });

  it('finds all that reaches into a part, and nothing besides', () => {
    const plan = planOf(
      4,
      14,
      Array.from({ length: 2000 }, (_, n) => 80 + ((n * 97) % 400)),
    );
    for (const from of [0, 333, 5000, plan.height - 700]) {
      const found = plan.between(from, from + 700);
      for (let index = 0; index < plan.length; index += 1) {
        const { top = 0, height = 0 } = plan.at(index) ?? {};
        assert.equal(found.includes(index), top + height >= from && top <= from + 700, `${index} at ${from}`);
      }
    }
  });

  it('nothing is found in an empty plan, nor below its end', () => {
    assert.deepEqual(new WallPlan(3, 10).between(0, 1000), []);
    assert.equal(new WallPlan(3, 10).height, 0);
    assert.deepEqual(planOf(2, 10, [50, 50]).between(5000, 6000), []);
  });

  it('what comes before the first ones goes onto the lowest column, the last of several; nothing else moves', () => {
    const plan = planOf(2, 10, [100, 50]);
    plan.unshift([30, 40]);
    assert.deepEqual(
      [0, 1, 2, 3].map((index) => [plan.at(index)?.column, plan.at(index)?.top]),
      [
        [0, -40],
        [1, -50],
        [0, 0],
        [1, 0],
      ],
    );
    assert.equal(plan.top, -50);
    assert.equal(plan.height, 150);
    assert.equal(plan.even, false);
  });

  it('cards that are taken away leave the places of the others, and new ones go on from those', () => {
    const heights = Array.from({ length: 90 }, (_, n) => 80 + ((n * 73) % 300));
    const [all, some] = [planOf(5, 14, heights), planOf(5, 14, heights.slice(0, 80))];
    some.keep(30, 80);
    for (const height of heights.slice(80)) some.push(height);
    for (let index = 30; index < 90; index += 1) assert.deepEqual(some.at(index - 30), all.at(index));
    assert.equal(some.length, 60);
  });

  it('no card lies over another, whatever comes and goes at both ends', () => {
    const plan = planOf(3, 10, [120, 80, 300, 40, 90]);
    for (let turn = 0; turn < 40; turn += 1) {
      plan.unshift([50 + ((turn * 37) % 200), 90, 30 + turn]);
      plan.push(60 + ((turn * 53) % 150));
      plan.keep(turn % 3, plan.length - (turn % 4));
    }
    const places = Array.from({ length: plan.length }, (_, index) => plan.at(index));
    for (const [at, a] of places.entries())
      for (const b of places.slice(at + 1))
        if (a && b && a.column === b.column)
          assert(a.top + a.height + 10 <= b.top + 0.001 || b.top + b.height + 10 <= a.top + 0.001, `card ${at}`);
  });
});
