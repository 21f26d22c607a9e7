import { Task } from '@lit/task';
import type { LitElement } from 'lit';
import type { Api } from '../api/api.ts';
import { PlatformsQuery } from '../api/library-documents.ts';
import { ownTask } from '../elements/own-task.ts';
import { apiContext } from '../state/contexts.ts';
import { UseValue } from '../state/use-value.ts';
import { PLATFORMS } from '../words/names.ts';

/** Ids of the platforms that the installed connectors serve; until the server says so, those of the official ones. */
export class PlatformsController {
  readonly #task: Task<readonly [Api | undefined], readonly string[]>;

  constructor(host: LitElement) {
    const api = new UseValue(host, apiContext);
    this.#task = new Task(host, {
      task: async ([given], { signal }) => {
        if (!given) return [];
        await ownTask(); // The posts come first.
        return (await given.query(PlatformsQuery, {}, signal)).platforms.map(({ id }) => id);
      },
      args: () => [api.value] as const,
    });
  }

  get value(): readonly string[] {
    return this.#task.value?.length ? this.#task.value : PLATFORMS;
  }
}
