import type { ToolRun } from './tool-run.ts';

/** A tool's words, made ready for the table: errors apart from the rest, addresses taken out. */
export interface FailureText {
  /** Lines that the tool itself calls errors. */
  readonly errors: string;
  /** Everything it said. */
  readonly all: string;
}

const LOGIN_PATH = /\/login(?=[/?#]|$)/i;
const CHALLENGE_PATH = /\/challenge(?=[/?#]|$)/i;
// The escape character is what a colour begins with.

const COLOURS = /\u001b\[[\d;]*[A-Za-z]/g;
const REDDIT_GALLERY = /\breddit\.com\/gallery\//i;

/** Gathers what a run says about its failure. Post texts (info documents, rows) are left out: people write anything in them. */
export function collectFailureText(run: ToolRun): FailureText {
  const lines = [...wordsOnStdout(run), ...splitLines(run.stderr)].map(replaceAddresses);
  const errors = errorLines(lines);
  return { errors: errors.join('\n'), all: lines.join('\n') };
}

/** Lines without the colours that a tool takes a terminal to want; progress is written over itself with `\r`. */
function splitLines(text: string): readonly string[] {
  return text.replace(COLOURS, '').split(/\r\n|\r|\n/);
}

/** twmd, and gallery-dl's `-j`, tell their errors on stdout. */
function wordsOnStdout(run: ToolRun): readonly string[] {
  if (run.tool === 'twmd') return splitLines(run.stdout);
  if (run.tool !== 'gallery-dl') return [];
  return parseErrorRows(run.stdout).map(({ error, message }) => `[gallery-dl][error] ${error}: ${message}`);
}

export interface ErrorRow {
  readonly error: string;
  readonly message: string;
}

/** The `[-1, {error, message}]` rows of gallery-dl's `-j`. */
export function parseErrorRows(stdout: string): readonly ErrorRow[] {
  const rows = parseRows(stdout);
  return rows.flatMap((row) => {
    if (!Array.isArray(row) || row[0] !== -1) return [];
    const facts: unknown = row[1];
    if (typeof facts !== 'object' || facts === null) return [];
    const { error, message } = facts as { error?: unknown; message?: unknown };
    return [{ error: String(error), message: String(message) }];
  });
}

function parseRows(stdout: string): readonly unknown[] {
  if (!stdout.trimStart().startsWith('[')) return [];
  try {
    const value: unknown = JSON.parse(stdout);
    return Array.isArray(value) ? value : [];
  } catch {
    return []; // Not a listing: nothing to read there.
  }
}

function replaceAddresses(line: string): string {
  return line.replace(/\bhttps?:\/\/[^\s'"<>)]+/gi, (address) => {
    if (LOGIN_PATH.test(address)) return '{login page}';
    if (CHALLENGE_PATH.test(address)) return '{challenge page}';
    return REDDIT_GALLERY.test(address) ? '{reddit gallery}' : '{address}';
  });
}

const STARTS_ERROR = /^(?:ERROR:|\[[\w.:-]+\]\[(?:error|critical)\])|^[\w-]+: error:|\bTraceback \(most recent/;
const STARTS_OTHER = /^(?:WARNING:|\[[\w.:-]+\]\[\w+\]|DEBUG:|\[debug\])/i;

/** An error goes on over the following lines until another message starts. */
function errorLines(lines: readonly string[]): readonly string[] {
  let inside = false;
  return lines.filter((line) => {
    if (STARTS_ERROR.test(line)) inside = true;
    else if (STARTS_OTHER.test(line)) inside = false;
    return inside;
  });
}
