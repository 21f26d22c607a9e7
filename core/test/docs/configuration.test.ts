import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { EnvironmentSchema } from '../../src/config.ts';
import { readProjectFile, readTableRows } from './helpers/read-docs.ts';

const variables = Object.entries(EnvironmentSchema.properties);
const names = variables.map(([name]) => name).sort();

/** The default as text; empty where there is none. */
function defaultOf(schema: object): string {
  return 'default' in schema ? String(schema.default) : '';
}

describe('docs/reference/configuration.md', () => {
  const rows = readTableRows(readProjectFile('docs/reference/configuration.md'));

  it('names every variable of the schema, and no other', () => {
    assert.deepEqual([...rows.keys()].sort(), names);
  });

  for (const [name, schema] of variables) {
    it(`gives the default of ${name}`, () => {
      const shown = defaultOf(schema);
      assert.equal(rows.get(name)?.[1], shown === '' ? '-' : `\`${shown}\``);
    });
  }
});

describe('.env.example', () => {
  const lines = readProjectFile('.env.example').split('\n');
  const settings = new Map(
    lines.flatMap((line, index) => {
      const [, name, value] = /^#([A-Z][A-Z0-9_]+)=(.*)$/.exec(line) ?? [];
      return name === undefined ? [] : [[name, { value, comment: lines[index - 1] ?? '' }] as const];
    }),
  );

  it('names every variable of the schema, and no other', () => {
    assert.deepEqual([...settings.keys()].sort(), names);
  });

  it('sets nothing by itself', () => {
    assert.deepEqual(
      lines.filter((line) => line.trim() !== '' && !line.startsWith('#')),
      [],
    );
  });

  for (const [name, schema] of variables) {
    it(`says in a sentence what ${name} is, with its default`, () => {
      assert.equal(settings.get(name)?.value, defaultOf(schema));
      assert.match(settings.get(name)?.comment ?? '', /^# [A-Z].*\.$/);
    });
  }
});
