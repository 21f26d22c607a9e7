import { stat } from 'node:fs/promises';
import type { FastifyBaseLogger } from 'fastify';
import { Schema } from 'mongoose';
import type { Connection, Model } from 'mongoose';
import type { Config } from '../../config.ts';
import { locateTools, rollBackManagedTools, updateManagedTools } from '../../tools/index.ts';
import type { LocatedTool, ToolVersions, UpdateReport } from '../../tools/index.ts';

interface ToolSuccessDoc {
  /** `tool platform`. */
  readonly _id: string;
  readonly at: Date;
}

/** A success is that exact, in milliseconds. */
const NOTE_MS = 5_000;

export interface ToolSuccess {
  readonly platform: string;
  readonly at: Date;
}

/** One outside program as people see it. */
export interface ToolStatus extends LocatedTool {
  /** When this file came here; undefined when it is not here. */
  readonly installedAt?: Date;
  /** When its makers released it, where its version says so. */
  readonly releasedAt?: Date;
  /** When it last brought a post, by platform. */
  readonly successes: readonly ToolSuccess[];
}

/** The outside programs: where they come from, how old they are, and their renewal. */
export class ToolsService {
  /** Called when other versions of the tools are in place. */
  readonly renewals = new Set<() => Promise<void>>();
  readonly #config: Config;
  readonly #log: FastifyBaseLogger;
  readonly #successes: Model<ToolSuccessDoc>;
  /** When each was last written, in milliseconds since 1970. */
  readonly #noted = new Map<string, number>();

  constructor(connection: Connection, config: Config, log: FastifyBaseLogger) {
    this.#config = config;
    this.#log = log;
    this.#successes = connection.model<ToolSuccessDoc>(
      'ToolSuccess',
      new Schema<ToolSuccessDoc>({ _id: String, at: Date }),
    );
  }

  async list(): Promise<ToolStatus[]> {
    const { dataDir, toolPaths } = this.#config;
    const [tools, successes] = await Promise.all([
      locateTools({ dataDir, ...toolPaths }),
      this.#successes.find().sort({ _id: 1 }).lean(),
    ]);
    return Promise.all(
      tools.map(async (tool) => {
        const installedAt = tool.found ? await installedAtOf(tool.path) : undefined;
        const releasedAt = releaseDateOf(tool.version);
        return {
          ...tool,
          ...(installedAt && { installedAt }),
          ...(releasedAt && { releasedAt }),
          successes: successes.flatMap(({ _id, at }) => {
            const [name, platform = ''] = _id.split(' ');
            return name === tool.name ? [{ platform, at }] : [];
          }),
        };
      }),
    );
  }

  /** A tool brought a post. */
  async noteSuccess(tool: string, platform: string): Promise<void> {
    const _id = `${tool} ${platform}`;
    const at = new Date();
    // In a long queue not every post writes it anew.
    if (at.getTime() - (this.#noted.get(_id) ?? 0) < NOTE_MS) return;
    await this.#successes.updateOne({ _id }, { $set: { at } }, { upsert: true });
    this.#noted.set(_id, at.getTime());
  }

  /** Brings the managed tools up to date. `byHand`: also to versions from which somebody has gone back. @throws CodedError */
  async update(byHand: boolean, signal?: AbortSignal): Promise<UpdateReport> {
    const report = await updateManagedTools({ ...this.#options(signal), byHand });
    if (report.result === 'updated') for (const tell of this.renewals) await tell();
    return report;
  }

  /** Goes back to the managed tools of before. @throws MF_ERR_STATE when there are none */
  async rollBack(signal?: AbortSignal): Promise<ToolVersions> {
    return rollBackManagedTools(this.#options(signal));
  }

  /** False where the owner has named both tools: then theirs are used, and nothing is renewed by itself. */
  get isManaged(): boolean {
    const { ytDlp, galleryDl } = this.#config.toolPaths;
    return ytDlp === undefined || galleryDl === undefined;
  }

  #options(signal: AbortSignal | undefined) {
    const { dataDir, proxyUrl, extraCaFile } = this.#config;
    return {
      dataDir,
      log: this.#log,
      ...(proxyUrl !== undefined && { proxy: proxyUrl }),
      ...(extraCaFile !== undefined && { extraCaFile }),
      ...(signal && { signal }),
    };
  }
}

async function installedAtOf(path: string | undefined): Promise<Date | undefined> {
  if (path === undefined) return undefined;
  return stat(path).then(
    ({ mtime }) => mtime,
    () => undefined, // Gone since it was found.
  );
}

/** yt-dlp's versions are dates. */
export function releaseDateOf(version: string | undefined): Date | undefined {
  const [, year, month, day] = /^(20\d\d)\.(\d{1,2})\.(\d{1,2})(?:\.|$)/.exec(version ?? '') ?? [];
  return year === undefined ? undefined : new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
}
