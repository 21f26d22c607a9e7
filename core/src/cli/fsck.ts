import type { FsckReport } from '../features/library/index.ts';
import type { Command } from './command.ts';

/** `mediafetcher fsck`: whether documents and files are as they say. Ends with 1 when differences are left. */
export const fsck: Command = {
  summary: 'Recounts who holds what and compares it with the files.',
  flags: {
    repair: 'make good what is safe; files of nobody are moved to MEDIA_ROOT/lost+found',
    'verify-hashes': 'read every file and compare its hash',
  },
  async run({ flags }, { ask, json, print }) {
    const argument = { repair: flags.has('repair'), verifyHashes: flags.has('verify-hashes') };
    // The command of that name gives this.
    const report = (await ask('fsck', argument)) as FsckReport;
    if (json) print(JSON.stringify(report));
    else for (const line of tableOf(report)) print(line);
    return report.left === 0 ? 0 : 1;
  },
};

function tableOf({ checked, differences, left }: FsckReport): string[] {
  const rows = differences.map(({ kind, what, detail, repaired }) => [
    repaired ? 'repaired' : 'left',
    kind,
    what,
    detail,
  ]);
  const widths = [0, 1, 2].map((column) => Math.max(0, ...rows.map((row) => row[column]?.length ?? 0)));
  const { links, posts, media, files } = checked;
  return [
    ...rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')),
    `${links} links, ${posts} posts, ${media} media, ${files} files: ${differences.length} differences, ${left} left.`,
  ];
}
