import type { Log } from './connector.ts';
import type { FetchedItem } from './post.ts';
import type { ProbedFile, Tools } from './tools.ts';

export interface ProcessorContext {
  readonly signal: AbortSignal;
  readonly log: Log;
  readonly options: Readonly<Record<string, unknown>>;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly stagingDirectory: string;
  readonly tools: Tools;
  /** 0-1 of this item. */
  progress(share: number): void;
}

/** Makes an item playable everywhere, or leaves it as it is. */
export interface Processor {
  /** Decides from facts alone; cheap. */
  accepts(item: FetchedItem, facts: ProbedFile, options: Readonly<Record<string, unknown>>): boolean;
  /** Returns the item with its new path (or the same, when nothing had to be done). @throws PluginError */
  process(context: ProcessorContext, item: FetchedItem, facts: ProbedFile): Promise<FetchedItem>;
}

/** Types a processor; returns it as it is. */
export function defineProcessor(processor: Processor): Processor {
  return processor;
}
