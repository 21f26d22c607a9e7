/** What a run that brings rows does with them. */
export interface RowSink<Row> {
  push(row: Row): void;
  /** Aborted when nobody wants more. */
  readonly signal: AbortSignal;
}

/**
 * Rows of a run as they come. The run begins with the loop and ends with it; its failure is thrown after the rows that came
 * before. Whoever takes more slowly than the run brings lets rows wait: the run bounds how many there are.
 */
export async function* streamRows<Row>(run: (sink: RowSink<Row>) => Promise<void>): AsyncGenerator<Row, void> {
  const rows: Row[] = [];
  const left = new AbortController();
  let wake = Promise.withResolvers<undefined>();
  let ended: { readonly error?: unknown } | undefined;
  const running = run({
    signal: left.signal,
    push(row) {
      rows.push(row);
      wake.resolve(undefined);
    },
  }).then(
    () => (ended = {}),
    (error: unknown) => (ended = { error }),
  );
  void running.then(() => wake.resolve(undefined));
  try {
    for (;;) {
      for (let row = rows.shift(); row !== undefined; row = rows.shift()) yield row;
      // Set by the run meanwhile, which the compiler does not see.
      const end = ended as { readonly error?: unknown } | undefined;
      if (end !== undefined) {
        if ('error' in end) throw end.error;
        return;
      }
      await wake.promise;
      wake = Promise.withResolvers();
    }
  } finally {
    left.abort();
    await running;
  }
}
