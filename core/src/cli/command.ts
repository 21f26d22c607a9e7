import type { Config } from '../config.ts';

/** What a command gets beside its arguments. */
export interface CommandContext {
  readonly config: Config;
  /** For machines: JSON instead of text. */
  readonly json: boolean;
  readonly print: (line: string) => void;
  /** Ctrl-C. */
  readonly signal: AbortSignal;
  /** Asks the running server, or does it in this process when none runs. */
  readonly ask: (command: string, argument: object) => Promise<unknown>;
}

/** What was given on the command line. */
export interface Given {
  /** Those that were set. */
  readonly flags: ReadonlySet<string>;
  /** Of the options that have one. */
  readonly values: ReadonlyMap<string, string>;
  /** What is neither. */
  readonly words: readonly string[];
}

/** One command of `mediafetcher`. */
export interface Command {
  /** One line for the list of commands. */
  readonly summary: string;
  /** What stands behind the name, `URL…`. @default nothing may */
  readonly words?: string;
  /** Flags without a value. */
  readonly flags: Readonly<Record<string, string>>;
  /** Options with a value. @default none */
  readonly values?: Readonly<Record<string, string>>;
  /** Without a server workers are started in this process too. @default false */
  readonly downloads?: boolean;
  /** Gives the exit code. */
  readonly run: (given: Given, context: CommandContext) => Promise<number>;
}
