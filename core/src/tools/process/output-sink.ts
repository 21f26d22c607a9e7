import { createBoundedLog } from './bounded-log.ts';
import { createLineSplitter } from './line-splitter.ts';
import type { Line } from './line-splitter.ts';

/** What becomes of one stream of a tool: its lines are told, its head and tail are kept. */
export interface OutputSink {
  push(chunk: Buffer): void;
  /** Tells what is left after the last line break; gives head and tail. */
  end(): string;
}

export interface OutputSinkOptions {
  readonly onLine?: ((line: Line) => void) | undefined;
  /** Bytes of a line that are kept. */
  readonly maxLineBytes?: number | undefined;
  /** A line that is none of the tool's: it says that the tool has ended. */
  readonly mark?: string;
  readonly onMark?: () => void;
}

/** Creates a sink. It never holds more than one capped line and a bounded log. */
export function createOutputSink({ onLine, maxLineBytes, mark, onMark }: OutputSinkOptions): OutputSink {
  const log = createBoundedLog();
  const splitter = createLineSplitter((line) => {
    if (line.text === mark) {
      onMark?.();
      return;
    }
    log.add(line.text);
    onLine?.(line);
  }, maxLineBytes);
  return {
    push: (chunk) => splitter.push(chunk),
    end() {
      splitter.end();
      return log.text();
    },
  };
}
