/** State of one part: `down` makes the whole server down, `degraded` degrades it. */
export interface HealthCheck {
  readonly status: 'ok' | 'degraded' | 'down';
  /** One sentence when it is not well. */
  readonly reason?: string;
}

export interface HealthReport {
  readonly status: HealthCheck['status'];
  readonly parts: Readonly<Record<string, HealthCheck>>;
}

const SEVERITY = ['ok', 'degraded', 'down'] as const;

/** Parts register themselves; the worst one is the whole. */
export class HealthRegistry {
  readonly #checks = new Map<string, () => Promise<HealthCheck>>();

  register(name: string, check: () => Promise<HealthCheck>): void {
    this.#checks.set(name, check);
  }

  async report(): Promise<HealthReport> {
    const results = await Promise.all(
      [...this.#checks].map(async ([name, check]): Promise<[string, HealthCheck]> => [name, await safely(check)]),
    );
    const worst = Math.max(0, ...results.map(([, { status }]) => SEVERITY.indexOf(status)));
    return { status: SEVERITY[worst] ?? 'down', parts: Object.fromEntries(results) };
  }
}

async function safely(check: () => Promise<HealthCheck>): Promise<HealthCheck> {
  try {
    return await check();
  } catch (error) {
    return { status: 'down', reason: error instanceof Error ? error.message : String(error) };
  }
}
