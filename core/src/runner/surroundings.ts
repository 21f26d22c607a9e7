import { setImmediate } from 'node:timers/promises';

/** What a job finds when it begins. */
export interface Surroundings {
  /**
   * Makes them again what they were.
   * @param programs how many programs may still run
   * @returns false when something of the job is still going on
   */
  restore(programs: number): Promise<boolean>;
}

/** What keeps a process alive that does nothing: pipes, and nothing else. */
const QUIET: ReadonlySet<string> = new Set(['PipeWrap', 'SignalWrap']);
/** What has just ended may take a few turns of the event loop to be gone. */
const TURNS = 50;

/** Remembers what code of a job could change in this process. */
export function noteSurroundings(): Surroundings {
  const directory = process.cwd();
  const environment = { ...process.env };
  const umask = process.umask(0o077);
  process.umask(umask);
  return {
    async restore(programs) {
      process.chdir(directory);
      process.umask(umask);
      for (const name of Object.keys(process.env)) {
        if (!(name in environment)) Reflect.deleteProperty(process.env, name);
      }
      Object.assign(process.env, environment);
      for (let turn = 0; turn < TURNS; turn += 1) {
        if (isQuiet(process.getActiveResourcesInfo(), programs)) return true;
        await setImmediate();
      }
      return false;
    },
  };
}

/** True when nothing is going on but so many programs. */
export function isQuiet(resources: readonly string[], programs: number): boolean {
  const running = resources.filter((name) => name === 'ProcessWrap').length;
  return running <= programs && resources.every((name) => name === 'ProcessWrap' || QUIET.has(name));
}
