import { open } from 'node:fs/promises';
import type { ToolId } from '../failure/tool-run.ts';

/** A Python tool that another program can import. */
export interface ConsoleScript {
  /** Absolute path of the interpreter. */
  readonly interpreter: string;
  /** Module with a `main()`. */
  readonly module: string;
}

/** The modules of the tools that are written in Python. */
const MODULES: Partial<Readonly<Record<ToolId, string>>> = { 'yt-dlp': 'yt_dlp' };

/** Such a script has a few lines; everything larger is another kind of program. */
const MAX_BYTES = 4_096;

/** Looks how a tool is installed; undefined when its Python cannot be imported from: a zip file, a binary, a wrapper. */
export async function readConsoleScript(tool: ToolId, path: string): Promise<ConsoleScript | undefined> {
  const module = MODULES[tool];
  if (module === undefined) return undefined;
  try {
    return parseConsoleScript(await readHead(path), module);
  } catch {
    return undefined; // Not there or not to be read: starting it tells why.
  }
}

/** Reads the script that pip and the distributions write for a console entry point. */
export function parseConsoleScript(text: string, module: string): ConsoleScript | undefined {
  if (text.length > MAX_BYTES) return undefined;
  const interpreter = /^#! ?(\/\S*python[\d.]*)\r?\n/.exec(text)?.[1];
  const imports = new RegExp(`^from ${module}(?:\\.__main__)? import main\\s*$`, 'm').test(text);
  return interpreter !== undefined && imports ? { interpreter, module } : undefined;
}

async function readHead(path: string): Promise<string> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(MAX_BYTES + 1), 0, MAX_BYTES + 1, 0);
    return buffer.toString('latin1', 0, bytesRead);
  } finally {
    await file.close();
  }
}
