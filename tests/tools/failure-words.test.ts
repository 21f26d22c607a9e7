import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import test from 'node:test';
import { FAILURE_CODES } from '@mediafetcher/sdk';
import { FAILURE_ACTIONS, FAILURE_HELP, helpFor, LANGUAGES } from '../../core/src/features/downloads/failure-help.ts';
import { enFailures } from '../../ui/src/words/en-failures.ts';
import { frFailures } from '../../ui/src/words/fr-failures.ts';

const WEB_APP: Readonly<Record<string, Readonly<Record<string, string>>>> = { en: enFailures, fr: frFailures };

for (const language of LANGUAGES) {
  test(`the API and the web app say every failure in the same words (${language})`, () => {
    for (const code of FAILURE_CODES) {
      const words = WEB_APP[language] ?? {};
      assert.deepEqual(FAILURE_HELP[code][language], [words[`fail_${code}`], words[`hint_${code}`]], code);
      const { sentence, help } = helpFor(code, 'youtube', language);
      assert.match(sentence, /^\p{Lu}.*\.$/u, code);
      assert.ok(!`${sentence}${help ?? ''}`.includes('{'), code);
    }
  });
}

test('every action is one that a client may know, and stands in the reference', async () => {
  const reference = await readFile(new URL('../../docs/reference/errors.md', import.meta.url), 'utf8');
  for (const code of FAILURE_CODES) assert.ok(FAILURE_ACTIONS.includes(FAILURE_HELP[code].action), code);
  for (const action of FAILURE_ACTIONS) assert.ok(reference.includes(action), action);
});
