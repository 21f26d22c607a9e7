import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { printSdl } from '../src/api/sdl.ts';

writeFileSync(join(import.meta.dirname, '../schema.graphql'), printSdl());
