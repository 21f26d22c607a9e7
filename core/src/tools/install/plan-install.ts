import { findPackageManager } from './system.ts';
import type { HostSystem, PackageManager } from './system.ts';

export type Installable = 'ffmpeg' | 'python';

export interface InstallPlan {
  readonly manager: PackageManager;
  /** Run one after the other. */
  readonly commands: readonly (readonly string[])[];
  /** The same for a person to copy. */
  readonly text: string;
  /** False when only an administrator may do it. */
  readonly allowed: boolean;
}

const PACKAGES: Readonly<Record<Installable, Readonly<Record<PackageManager, readonly string[]>>>> = {
  ffmpeg: { apt: ['ffmpeg'], apk: ['ffmpeg'], brew: ['ffmpeg'], dnf: ['ffmpeg-free'], pacman: ['ffmpeg'] },
  python: {
    apt: ['python3', 'python3-venv'],
    apk: ['python3', 'py3-pip'],
    brew: ['python'],
    dnf: ['python3', 'python3-pip'],
    pacman: ['python'],
  },
};

const COMMANDS: Readonly<Record<PackageManager, (packages: readonly string[]) => readonly (readonly string[])[]>> = {
  apt: (packages) => [
    ['apt-get', 'update'],
    ['apt-get', 'install', '-y', '--no-install-recommends', ...packages],
  ],
  apk: (packages) => [['apk', 'add', '--no-cache', ...packages]],
  brew: (packages) => [['brew', 'install', ...packages]],
  dnf: (packages) => [['dnf', 'install', '-y', ...packages]],
  pacman: (packages) => [['pacman', '-Sy', '--noconfirm', ...packages]],
};

/** Decides how something is installed on a system; undefined when its package manager is unknown. */
export function planInstall(what: Installable, system: HostSystem): InstallPlan | undefined {
  const manager = findPackageManager(system);
  if (manager === undefined) return undefined;
  const commands = COMMANDS[manager](PACKAGES[what][manager]);
  // Homebrew refuses to work for root.
  const allowed = manager === 'brew' ? !system.root : system.root;
  const prefix = manager === 'brew' || system.root ? '' : 'sudo ';
  return { manager, commands, allowed, text: commands.map((argv) => prefix + argv.join(' ')).join(' && ') };
}
