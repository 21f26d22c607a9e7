import type { FastifyInstance } from 'fastify';
import { DownloadControl } from '../control.ts';
import { SetControl } from '../set-control.ts';
import { Children } from './children.ts';
import { FanOut } from './fan-out.ts';
import { ListControl } from './list-control.ts';
import { Lists } from './lists.ts';
import { ParentStates } from './parent-states.ts';

type Parts = Omit<ConstructorParameters<typeof DownloadControl>[0], 'platforms'> &
  Pick<ConstructorParameters<typeof Lists>[0], 'queue'> &
  Pick<ConstructorParameters<typeof Children>[0], 'records'>;

/** Shortest time between two counts of a list, in milliseconds. */
const COUNT_MS = 250;

/** What reads profiles and lists, and what controls them and single downloads. */
export function createLists(app: FastifyInstance, parts: Parts): { lists: Lists; control: ListControl } {
  const { log, plugins, library, platforms } = app;
  const { dispatcher } = parts;
  const single = new DownloadControl({ platforms, ...parts });
  const set = new SetControl({ ...parts, single });
  const throttleMs = Math.max(COUNT_MS, app.config.progressThrottleMs);
  const states = new ParentStates({ ...parts, throttleMs, log });
  const fanOut = new FanOut({ ...parts, single, set, states, log });
  const children = new Children({ ...parts, plugins, library });
  return {
    lists: new Lists({ ...parts, children, states, fanOut, wake: () => dispatcher.wake() }),
    control: new ListControl({ ...parts, single, set, fanOut, states }),
  };
}
