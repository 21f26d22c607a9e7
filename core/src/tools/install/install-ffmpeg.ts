import { CodedError } from '../../errors.ts';
import { findOnPath } from '../locate/find-program.ts';
import { buildChildEnvironment } from '../process/child-environment.ts';
import { runProcess } from '../process/run-process.ts';
import { redactLog } from '../failure/redact-log.ts';
import { planInstall } from './plan-install.ts';
import { readHostSystem } from './system.ts';
import type { HostSystem } from './system.ts';

export interface InstallFfmpegOptions {
  readonly signal: AbortSignal;
  /** Told each command before it runs. */
  readonly onStep?: (command: string) => void;
  /** @default this machine */
  readonly system?: HostSystem;
}

/**
 * Installs ffmpeg and ffprobe with the system's package manager, when we may.
 * @throws MF_ERR_TOOL_MISSING with the command for an administrator as its help
 */
export async function installFfmpeg({ signal, onStep, system }: InstallFfmpegOptions): Promise<void> {
  const plan = planInstall('ffmpeg', system ?? (await readHostSystem()));
  if (plan === undefined) throw new CodedError('MF_ERR_TOOL_MISSING', 'ffmpeg is not installed here.');
  if (!plan.allowed) throw new CodedError('MF_ERR_TOOL_MISSING', 'ffmpeg is not installed here.', { help: plan.text });
  for (const [program = '', ...rest] of plan.commands) {
    onStep?.([program, ...rest].join(' '));
    const file = (await findOnPath(program, process.env['PATH'] ?? '')) ?? program;
    const environment = { ...buildChildEnvironment(process.env), DEBIAN_FRONTEND: 'noninteractive' };
    const outcome = await runProcess({ file, arguments: rest, environment, signal });
    signal.throwIfAborted();
    if (outcome.exitCode !== 0) {
      const cause = new Error(redactLog(`${outcome.stdout}\n${outcome.stderr}`));
      throw new CodedError('MF_ERR_TOOL_MISSING', 'ffmpeg could not be installed.', { cause, help: plan.text });
    }
  }
}
