/** Everything between two posts of a list, both included; the second alone where the first is not in it. */
export function between(order: readonly string[], from: string, to: string): string[] {
  const [a, b] = [order.indexOf(from), order.indexOf(to)];
  if (b < 0) return [];
  if (a < 0) return [to];
  return order.slice(Math.min(a, b), Math.max(a, b) + 1);
}

/** What a picked set becomes when one post is pressed. */
export function toggled(picked: ReadonlySet<string>, id: string): Set<string> {
  const next = new Set(picked);
  if (!next.delete(id)) next.add(id);
  return next;
}

/** What some posts have in common with a folder or a tag: all of them, none, or some. */
export type Share = 'all' | 'some' | 'none';

/** How many of some posts satisfy a condition, as a tick shows it. */
export function shareOf<T>(posts: readonly T[], has: (post: T) => boolean): Share {
  const n = posts.filter(has).length;
  if (n === 0) return 'none';
  return n === posts.length ? 'all' : 'some';
}
