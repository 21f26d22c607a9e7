import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readProjectFile } from './helpers/read-docs.ts';

const { scripts } = JSON.parse(readProjectFile('package.json')) as { scripts: Record<string, string> };

describe('README.md', () => {
  const readme = readProjectFile('README.md');

  for (const command of ['npm run up', 'npm test']) {
    it(`has ${command} in a code block of its own`, () => {
      assert.ok(readme.includes(`\n\`\`\`sh\n${command}\n\`\`\`\n`));
    });
  }

  it('names no npm script that is not there', () => {
    const named = [...readme.matchAll(/npm run ([\w-]+)/g)].flatMap(([, name]) => name ?? []);
    assert.deepEqual(
      named.filter((name) => !(name in scripts)),
      [],
    );
  });
});
