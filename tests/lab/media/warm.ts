/** Makes the lab's media ahead of the tests: `node tests/lab/media/warm.ts`. */
import { openMediaLibrary } from './library.ts';

await openMediaLibrary();
