import type { StagedItem, StagedResult } from '../channel/messages.ts';
import type { RunnerItem, RunnerResult } from '../channel/runner-messages.ts';
import { checkStagedFile } from '../channel/staged-file.ts';
import { hashStagedFile } from './hash-file.ts';

export interface StageResultOptions {
  readonly stagingDirectory: string;
  readonly maxFileBytes: number;
  readonly usedCookies: boolean;
  readonly signal: AbortSignal;
}

/** Turns what a runner says it made into what is really there. Its group must be dead: nobody may touch the files after. @throws PluginError */
export async function stageResult(result: RunnerResult, options: StageResultOptions): Promise<StagedResult> {
  const items: StagedItem[] = [];
  for (const item of result.items) items.push(await stageItem(item, options));
  const { key, url, post } = result;
  return { key, url, post, items, usedCookies: options.usedCookies };
}

async function stageItem(item: RunnerItem, options: StageResultOptions): Promise<StagedItem> {
  const { stagingDirectory, maxFileBytes, signal } = options;
  const { relative, sha256, size } = await hashStagedFile(stagingDirectory, item.path, maxFileBytes, signal);
  const thumbnails = [];
  for (const { width, path } of item.thumbnails) {
    // A thumbnail that is refused is left out: it can be made again.
    const file = await checkStagedFile(stagingDirectory, path).catch(() => undefined);
    if (file !== undefined && file.size > 0) thumbnails.push({ width, path: file.relative });
  }
  return { ...item, path: relative, sha256, size, thumbnails };
}
