import type { Config } from '../config.ts';

/** What a command gets beside its arguments. */
export interface CommandContext {
  readonly config: Config;
  /** For machines: JSON instead of text. */
  readonly json: boolean;
  readonly print: (line: string) => void;
  /** Asks the running server, or does it in this process when none runs. */
  readonly ask: (command: string, argument: object) => Promise<unknown>;
}

/** One command of `mediafetcher`. */
export interface Command {
  /** One line for the list of commands. */
  readonly summary: string;
  /** Flags without a value. */
  readonly flags: Readonly<Record<string, string>>;
  /** Gives the exit code. */
  readonly run: (flags: ReadonlySet<string>, context: CommandContext) => Promise<number>;
}
