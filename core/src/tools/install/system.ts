import { readFile } from 'node:fs/promises';
import { findOnPath } from '../locate/find-program.ts';

export type PackageManager = 'apt' | 'apk' | 'brew' | 'dnf' | 'pacman';

/** What decides how software is installed here. */
export interface HostSystem {
  readonly platform: NodeJS.Platform;
  /** Text of /etc/os-release; empty where there is none. */
  readonly osRelease: string;
  readonly root: boolean;
}

/** Looks at this machine. */
export async function readHostSystem(): Promise<HostSystem> {
  return { platform: process.platform, osRelease: await readOsRelease(), root: process.getuid?.() === 0 };
}

async function readOsRelease(): Promise<string> {
  try {
    return await readFile('/etc/os-release', 'utf8');
  } catch {
    return ''; // macOS has none.
  }
}

const FAMILIES: readonly (readonly [RegExp, PackageManager])[] = [
  [/\b(?:debian|ubuntu|raspbian)\b/, 'apt'],
  [/\balpine\b/, 'apk'],
  [/\b(?:fedora|rhel|centos)\b/, 'dnf'],
  [/\barch\b/, 'pacman'],
];

/** The package manager of a system; undefined when it is none that we know. */
export function findPackageManager({ platform, osRelease }: HostSystem): PackageManager | undefined {
  if (platform === 'darwin') return 'brew';
  const names = [...osRelease.matchAll(/^ID(?:_LIKE)?="?([^"\n]*)/gm)].map(([, value]) => value).join(' ');
  return FAMILIES.find(([words]) => words.test(names))?.[1];
}

/** True when the program is on PATH. */
export async function isOnPath(name: string): Promise<boolean> {
  return (await findOnPath(name, process.env['PATH'] ?? '')) !== undefined;
}
