import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ToolId } from '../../../src/tools/failure/tool-run.ts';
import { chooseCandidate } from '../../../src/tools/locate/choose-candidate.ts';
import type { Candidate, ToolSource } from '../../../src/tools/locate/choose-candidate.ts';
import { compareVersions } from '../../../src/tools/locate/compare-versions.ts';
import { parseVersion } from '../../../src/tools/locate/parse-version.ts';

describe('versions', () => {
  const pairs: readonly (readonly [string, string, number])[] = [
    ['2026.10.26', '2026.08.19', 1],
    ['2026.9.1', '2026.10.1', -1],
    ['1.32.18', '1.32.18', 0],
    ['1.25', '1.25.0', 0],
    ['2026.10.26.232814', '2026.10.26', 1],
    ['5.1.9-0+deb12u1', '7.0', -1],
  ];
  for (const [a, b, sign] of pairs) {
    it(`${a} against ${b}`, () => assert.equal(Math.sign(compareVersions(a, b)), sign));
  }
});

describe('what a tool says of its version', () => {
  const outputs: readonly (readonly [ToolId, string, string | undefined])[] = [
    ['yt-dlp', '2026.10.26\n', '2026.10.26'],
    ['gallery-dl', '1.32.18\n', '1.32.18'],
    ['gallery-dl', '1.33.0-dev\n', '1.33.0-dev'],
    ['twmd', 'version: 1.14.2\n', '1.14.2'],
    ['ffmpeg', 'ffmpeg version 5.1.9-0+deb12u1 Copyright (c)\n', '5.1.9-0+deb12u1'],
    ['ffmpeg', 'ffmpeg version n7.1 Copyright (c)\n', '7.1'],
    ['ffprobe', 'ffprobe version 6.1 Copyright\n', '6.1'],
    ['yt-dlp', 'pyenv: yt-dlp: command not found', undefined],
    ['ffmpeg', 'ffprobe version 6.1', undefined],
    ['yt-dlp', '', undefined],
  ];
  for (const [tool, output, version] of outputs) {
    it(`${tool}: ${JSON.stringify(output)}`, () => assert.equal(parseVersion(tool, output), version));
  }
});

describe('which program is used', () => {
  const candidate = (source: ToolSource, version?: string): Candidate => ({
    source,
    path: `/${source}`,
    ...(version !== undefined && { version }),
  });
  const cases: readonly (readonly [string, readonly Candidate[], ToolSource | undefined])[] = [
    ['the setting, before anything newer', [candidate('setting', '1'), candidate('managed', '2')], 'setting'],
    ['the setting, even when it does not work', [candidate('setting'), candidate('path', '2')], 'setting'],
    ['PATH, when it is as new', [candidate('path', '2'), candidate('managed', '2')], 'path'],
    ['PATH, when it is newer', [candidate('path', '3'), candidate('managed', '2')], 'path'],
    [
      'the managed one, when PATH has an old package',
      [candidate('path', '1.25'), candidate('managed', '1.32')],
      'managed',
    ],
    ['the managed one, when PATH is broken', [candidate('path'), candidate('managed', '2')], 'managed'],
    ['none, when nothing works', [candidate('path'), candidate('managed')], undefined],
  ];
  for (const [title, candidates, source] of cases) {
    it(title, () => assert.equal(chooseCandidate(candidates)?.source, source));
  }
});
