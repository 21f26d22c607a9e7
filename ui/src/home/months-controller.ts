import { Task, TaskStatus } from '@lit/task';
import type { LitElement } from 'lit';
import type { Api } from '../api/api.ts';
import { LibraryMonthsQuery } from '../api/library-documents.ts';
import { ownTask } from '../elements/own-task.ts';
import { buildFilterQuery, dropFilter, parseFilter } from '../router/filter.ts';
import type { Filter } from '../router/filter.ts';
import { apiContext } from '../state/contexts.ts';
import { toInput } from '../state/passes.rules.ts';
import { UseValue } from '../state/use-value.ts';

/** Months in which what a filter lets through was saved, newest first; none for a search. */
export class MonthsController {
  readonly #task: Task<readonly [Api | undefined, string], readonly string[]>;

  constructor(host: LitElement, filter: () => Filter) {
    const api = new UseValue(host, apiContext);
    this.#task = new Task(host, {
      task: async ([given, query], { signal }) => {
        const wanted = parseFilter(new URLSearchParams(query));
        if (!given || wanted.q) return [];
        await ownTask(); // The posts come first.
        signal.throwIfAborted();
        return (await given.query(LibraryMonthsQuery, { filter: toInput(wanted) }, signal)).libraryMonths;
      },
      // Where one is among the months changes none of them.
      args: () => [api.value, buildFilterQuery(dropFilter(filter(), 'at'))] as const,
    });
  }

  /** Undefined until the server has told. */
  get value(): readonly string[] | undefined {
    return this.#task.status === TaskStatus.ERROR ? [] : this.#task.value;
  }
}
