import { extname, join } from 'node:path';

/** Where the running code lies: `core/src`, or `core/dist`, which a build lays out alike. */
export const CODE: string = import.meta.dirname;

/** True for the built form. */
export const IS_BUILT: boolean = extname(import.meta.filename) === '.js';

/** Entry of a server or a worker. */
export const MAIN_ENTRY: string = entry('main');

/** Entry of a runner. */
export const RUNNER_ENTRY: string = entry('runner/main');

/** Script of the warm Python processes. */
export const PYTHON_HOST: string = join(CODE, '../python/host.py');

/** Folder of the built web app. */
export const WEB_APP: string = join(CODE, '../../ui/dist');

function entry(name: string): string {
  return join(CODE, `${name}${extname(import.meta.filename)}`);
}
