import type { BrowserContext, CDPSession, Page } from 'playwright-core';

type Point = readonly [x: number, y: number];

/** Fingers on a page that was opened with touch, in CSS pixels. */
export class Fingers {
  readonly #touch: CDPSession;
  /** Seconds; the fingers' own clock within a gesture, so that a busy machine does not make them slow. */
  #now = 0;

  private constructor(touch: CDPSession) {
    this.#touch = touch;
  }

  static async on(context: BrowserContext, page: Page): Promise<Fingers> {
    return new Fingers(await context.newCDPSession(page));
  }

  /** A new gesture, for which there was time. */
  begin(): void {
    this.#now = Math.max(this.#now, Date.now() / 1000) + 0.5;
  }

  /** Time passes for the fingers. */
  rest(seconds: number): void {
    this.#now += seconds;
  }

  async send(type: 'touchStart' | 'touchMove' | 'touchEnd', ...points: Point[]): Promise<void> {
    this.#now += 0.02;
    const touchPoints = points.map(([x, y], id) => ({ x, y, id }));
    await this.#touch.send('Input.dispatchTouchEvent', { type, touchPoints, timestamp: this.#now });
  }

  async swipe([x, y]: Point, [dx, dy]: Point): Promise<void> {
    this.begin();
    await this.send('touchStart', [x, y]);
    for (const part of [0.25, 0.5, 0.75, 1]) await this.send('touchMove', [x + dx * part, y + dy * part]);
    await this.send('touchEnd');
  }
}
