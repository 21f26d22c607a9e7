/** Remembers the beginning and the end of what a tool prints, never more. */
export interface BoundedLog {
  add(line: string): void;
  /** Head, a mark where lines are missing, tail. */
  text(): string;
}

export interface BoundedLogLimits {
  /** Characters kept of the first lines. @default 16384 */
  readonly head?: number;
  /** Characters kept of the last lines. @default 49152 */
  readonly tail?: number;
  /** Characters kept of one line. @default 4096 */
  readonly line?: number;
}

/** Creates an empty log. */
export function createBoundedLog(limits: BoundedLogLimits = {}): BoundedLog {
  const { head: headLimit = 16_384, tail: tailLimit = 49_152, line: lineLimit = 4_096 } = limits;
  const head: string[] = [];
  let tail: string[] = [];
  let headSize = 0;
  let tailSize = 0;
  let dropped = 0;

  /** Cuts the tail down to its limit; called seldom, so that a flood of short lines costs little. */
  const trim = (): void => {
    let from = 0;
    while (tailSize > tailLimit && from < tail.length - 1) {
      tailSize -= (tail[from]?.length ?? 0) + 1;
      from += 1;
    }
    dropped += from;
    tail = tail.slice(from);
  };
  return {
    add(line) {
      const text = line.length > lineLimit ? `${line.slice(0, lineLimit)}…` : line;
      if (tail.length === 0 && headSize + text.length <= headLimit) {
        head.push(text);
        headSize += text.length + 1;
        return;
      }
      tail.push(text);
      tailSize += text.length + 1;
      if (tailSize > 2 * tailLimit) trim();
    },
    text() {
      trim();
      const mark = dropped > 0 ? [`… ${dropped} lines left out …`] : [];
      return [...head, ...mark, ...tail].join('\n');
    },
  };
}
