import type { DownloadView } from '../features/downloads/index.ts';

const BAR = 24;
const UP = (lines: number): string => (lines === 0 ? '' : `\u001b[${lines}A\u001b[0J`);

/** The terminal, as far as it matters. */
export interface Screen {
  readonly isTTY?: boolean;
  readonly rows?: number;
  readonly columns?: number;
  write(text: string): unknown;
}

/** Downloads in a terminal: a bar for each that is under way, a line for each that has ended. Elsewhere only the lines. */
export class ProgressBars {
  readonly #screen: Screen;
  readonly #isShown: boolean;
  readonly #ended = new Set<string>();
  #drawn = 0;

  constructor(screen: Screen, isShown: boolean) {
    this.#screen = screen;
    this.#isShown = isShown;
  }

  refused(url: string, code: string, message = ''): void {
    if (this.#isShown) this.#screen.write(`✗ ${url}  ${code} ${message}\n`);
  }

  show(records: readonly Shown[]): void {
    if (!this.#isShown) return;
    const over = records.filter(({ id, status }) => isOver(status) && !this.#ended.has(id));
    for (const { id } of over) this.#ended.add(id);
    const { isTTY = false, rows = 24, columns = 80 } = this.#screen;
    const active = isTTY ? records.filter(({ status }) => !isOver(status)).slice(0, rows - 2) : [];
    const lines = [...over.map(endOf), ...active.map((record) => barOf(record).slice(0, columns - 1))];
    if (lines.length > 0 || this.#drawn > 0)
      this.#screen.write(UP(this.#drawn) + lines.map((line) => `${line}\n`).join(''));
    this.#drawn = active.length;
  }
}

type Shown = Pick<
  DownloadView,
  'id' | 'url' | 'status' | 'stage' | 'progress' | 'speed' | 'filename' | 'errorCode' | 'errorMessage' | 'heldReason'
>;

const isOver = (status: string): boolean => ['completed', 'failed', 'cancelled'].includes(status);

/** `[#####-----]  42 %  fetch  1.3 MB/s  https://…` */
export function barOf({ progress, status, stage, speed, url, heldReason }: Shown): string {
  const full = Math.round((Math.min(100, Math.max(0, progress)) / 100) * BAR);
  const pace = speed === null ? '' : `${(speed / 1e6).toFixed(1)} MB/s`;
  const what = status === 'running' ? (stage ?? status) : (heldReason ?? status);
  const parts = [
    `[${'#'.repeat(full)}${'-'.repeat(BAR - full)}]`,
    `${Math.floor(progress)} %`.padStart(5),
    what,
    pace,
    url,
  ];
  return parts.filter((part) => part !== '').join('  ');
}

/** One line of a download that has ended. */
export function endOf({ status, url, filename, errorCode, errorMessage }: Shown): string {
  if (status === 'completed') return `✓ ${url}  ${filename ?? ''}`.trimEnd();
  return status === 'cancelled'
    ? `✗ ${url}  cancelled`
    : `✗ ${url}  ${errorCode ?? ''} ${errorMessage ?? ''}`.trimEnd();
}
