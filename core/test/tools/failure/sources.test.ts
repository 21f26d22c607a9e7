import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { judgeRun } from '../../../src/tools/failure/judge-run.ts';
import type { ToolId } from '../../../src/tools/failure/tool-run.ts';

/**
 * Each line of the file: tool, code, and its words as a JSON string. They are what the extractors of the five platforms, the
 * downloaders and the system's libraries can say, by the sources of yt-dlp 2026.10 and gallery-dl 1.32.
 */
const cases = readFileSync(new URL('../fixtures/words.tsv', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => line.split('\t'));
const EXITS: Readonly<Record<string, number>> = { 'yt-dlp': 1, 'gallery-dl': 4 };

describe('words from the sources of the tools', () => {
  it('are many', () => assert.ok(cases.length > 200));
  for (const [tool = '', code = '', text = ''] of cases) {
    it(`${tool}: ${text.slice(0, 120)} is ${code}`, () => {
      // The file names these two tools only, and holds JSON strings.
      const stderr = JSON.parse(text) as string;
      const verdict = judgeRun({ tool: tool as ToolId, exitCode: EXITS[tool] ?? 1, files: 0, stdout: '', stderr });
      assert.equal(verdict.kind === 'failed' ? verdict.failure.code : verdict.kind, code);
    });
  }

  it('colours and lines that end otherwise change nothing', () => {
    for (const [tool = '', code = '', text = ''] of cases) {
      // As above.
      const words = JSON.parse(text) as string;
      if (words.includes('\u001b')) continue;
      const stderr = words
        .replace(/^ERROR:/gm, '\u001b[0;31mERROR:\u001b[0m')
        .replace(/^(\[[\w.]+\]\[error\])(.*)$/gm, '\u001b[1;31m$1$2\u001b[0m')
        .replaceAll('\n', '\r\n');
      const verdict = judgeRun({ tool: tool as ToolId, exitCode: EXITS[tool] ?? 1, files: 0, stdout: '', stderr });
      assert.equal(verdict.kind === 'failed' ? verdict.failure.code : verdict.kind, code, stderr);
    }
  });

  it('a warning before it that was got over changes nothing', () => {
    for (const [tool = '', code = '', text = ''] of cases) {
      if (tool !== 'yt-dlp' || code === 'cancelled') continue;
      // As above.
      const stderr = `WARNING: [youtube] Unable to download webpage: The read operation timed out. Retrying (1/3)...\n${JSON.parse(text) as string}`;
      const verdict = judgeRun({ tool, exitCode: 1, files: 0, stdout: '', stderr });
      const got = verdict.kind === 'failed' ? verdict.failure.code : verdict.kind;
      // A failure that says nothing of its cause may be explained by the warning.
      const vague = code === 'MF_ERR_TOOL_OUTDATED' || code === 'MF_ERR_INTERNAL';
      assert.equal(got, vague ? 'MF_ERR_NETWORK' : code, stderr);
    }
  });
});
