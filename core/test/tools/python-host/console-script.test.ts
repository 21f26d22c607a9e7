import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseConsoleScript } from '../../../src/tools/python-host/console-script.ts';

const BODY = "import re\nimport sys\nfrom yt_dlp import main\nif __name__ == '__main__':\n    sys.exit(main())\n";

const cases: [what: string, text: string, interpreter: string | undefined][] = [
  ['written by pip', `#!/opt/tools/bin/python3\n# -*- coding: utf-8 -*-\n${BODY}`, '/opt/tools/bin/python3'],
  ['written by uv', `#!/opt/tools/bin/python\n${BODY}`, '/opt/tools/bin/python'],
  ['of a distribution', `#! /usr/bin/python3.13\n${BODY}`, '/usr/bin/python3.13'],
  ['of pip on a path with spaces', `#!/bin/sh\n'''exec' "/a b/python" "$0" "$@"\n' '''\n${BODY}`, undefined],
  ['that looks its Python up', `#!/usr/bin/env python3\n${BODY}`, undefined],
  ['that gives its Python options', `#!/usr/bin/python3 -E\n${BODY}`, undefined],
  ['of another tool', `#!/usr/bin/python3\n${BODY.replace('yt_dlp', 'gallery_dl')}`, undefined],
  ['that is a zip file', '#!/usr/bin/python3\nPK\x03\x04from yt_dlp import main', undefined],
  ['that is a binary', '\x7fELF', undefined],
  ['that is a shim', '#!/usr/bin/env bash\nexec pyenv exec yt-dlp "$@"\n', undefined],
  ['that is longer than a console script', `#!/usr/bin/python3\n${BODY}${'#'.repeat(5_000)}`, undefined],
];

describe('a program', () => {
  for (const [what, text, interpreter] of cases) {
    it(`${what} ${interpreter === undefined ? 'is run as it is' : 'can be imported'}`, () => {
      const expected = interpreter === undefined ? undefined : { interpreter, module: 'yt_dlp' };
      assert.deepEqual(parseConsoleScript(text, 'yt_dlp'), expected);
    });
  }
});
