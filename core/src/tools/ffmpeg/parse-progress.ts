/** Seconds of output that a line of `-progress` tells; undefined when it tells something else. */
export function parseFfmpegTime(line: string): number | undefined {
  const [name, value = ''] = line.trim().split('=', 2);
  // Both are microseconds, despite the older name.
  if (name === 'out_time_us' || name === 'out_time_ms') return secondsOf(Number(value) / 1_000_000);
  return name === 'out_time' ? parseClock(value) : undefined;
}

function parseClock(text: string): number | undefined {
  const match = /^(-?)(\d+):(\d{2}):(\d{2}(?:\.\d+)?)$/.exec(text);
  if (match === null) return undefined;
  const [, sign, hours, minutes, seconds] = match;
  return sign === '-' ? 0 : Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
}

function secondsOf(value: number): number | undefined {
  return Number.isFinite(value) ? Math.max(0, value) : undefined;
}

/** Follows the lines of `-progress`; answers a share when it has grown. */
export function createFfmpegMeter(duration: number): (line: string) => number | undefined {
  let share = 0;
  return (line) => {
    const next = line.trim() === 'progress=end' ? 1 : shareAt(parseFfmpegTime(line), duration);
    if (next === undefined || next <= share) return undefined;
    share = next;
    return share;
  };
}

function shareAt(seconds: number | undefined, duration: number): number | undefined {
  return seconds === undefined || duration <= 0 ? undefined : Math.min(1, seconds / duration);
}
