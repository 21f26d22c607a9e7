import { inspect } from 'node:util';
import type { TestEvent } from 'node:test/reporters';

/** What {@link reporter} writes, one a line. */
export type Report =
  | { readonly type: 'pass'; readonly title: string }
  | { readonly type: 'fail'; readonly title: string; readonly error: string };

/** A failed group or parent only repeats what its tests say. */
const REPEATED: ReadonlySet<unknown> = new Set(['subtestsFailed', 'cancelledByParent']);

/** Reporter of node:test: a JSON line for each test that ran. */
export default async function* reporter(source: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  const path: string[] = [];
  for await (const event of source) {
    if (event.type === 'test:start') {
      path.length = event.data.nesting;
      path.push(event.data.name);
    }
    const report = reportOf(event, path);
    if (report !== undefined) yield `${JSON.stringify(report)}\n`;
  }
}

function reportOf(event: TestEvent, path: readonly string[]): Report | undefined {
  if (event.type !== 'test:pass' && event.type !== 'test:fail') return undefined;
  const { nesting, name, skip, todo } = event.data;
  const title = [...path.slice(0, nesting), name].join(' › ');
  if (event.type === 'test:fail') {
    const { error } = event.data.details;
    if (todo !== undefined || ('failureType' in error && REPEATED.has(error.failureType))) return undefined;
    return { type: 'fail', title, error: inspect(error.cause, { depth: 4 }) };
  }
  const isGroup = event.data.details.type === 'suite';
  return isGroup || skip !== undefined || todo !== undefined ? undefined : { type: 'pass', title };
}
