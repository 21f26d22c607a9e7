import type { HealthReport } from '../features/system/index.ts';
import type { Command } from './command.ts';

/** `mediafetcher status`: how the server and its parts are. Ends with 1 when it is down. */
export const status: Command = {
  summary: 'Says how the server and its parts are.',
  flags: {},
  async run(_given, { ask, json, print }) {
    // The command of that name gives this.
    const report = (await ask('status', {})) as HealthReport;
    if (json) print(JSON.stringify(report));
    else {
      print(report.status);
      for (const [name, part] of Object.entries(report.parts))
        print(`${name.padEnd(12)} ${part.status.padEnd(10)} ${part.reason ?? ''}`.trimEnd());
    }
    return report.status === 'down' ? 1 : 0;
  },
};
