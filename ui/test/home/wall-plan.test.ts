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

  it('finds all that reaches into a part, and little besides', () => {
    const plan = planOf(
      4,
      14,
      Array.from({ length: 2000 }, (_, n) => 80 + ((n * 97) % 400)),
    );
    for (const from of [0, 333, 5000, plan.height - 700]) {
      const [first = 0, last = 0] = plan.between(from, from + 700) ?? [];
      for (let index = 0; index < plan.length; index += 1) {
        const { top = 0, height = 0 } = plan.at(index) ?? {};
        if (top + height > from && top < from + 700) assert(index >= first && index <= last, `${index} at ${from}`);
      }
      assert.isBelow(last - first, 60);
    }
  });

  it('nothing is found in an empty plan, nor below its end', () => {
    assert.equal(new WallPlan(3, 10).between(0, 1000), undefined);
    assert.equal(new WallPlan(3, 10).height, 0);
    assert.equal(planOf(2, 10, [50, 50]).between(5000, 6000), undefined);
  });
});
