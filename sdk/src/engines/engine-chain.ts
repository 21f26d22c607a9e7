import type { Connector, ConnectorContext } from '../connector.ts';
import type { FailureCode } from '../failure-code.ts';
import { PluginError } from '../plugin-error.ts';
import type { FetchedItem, PostProbe } from '../post.ts';
import type { Engine, EngineRun } from './engine.ts';
import { assertMayGoOn } from './first-choice.ts';
import { ENGINE_FAILURES, findMostTelling, toPluginError } from './failure-rank.ts';

/** How far a job has come down its list of engines. */
interface Chain {
  readonly waiting: Engine[];
  readonly failures: PluginError[];
  running?: { readonly engine: Engine; readonly run: EngineRun };
}

/**
 * A connector that goes down a list of engines: the next one is tried when one fails in a way that says nothing of the
 * post, in the probe as in the fetch after a probe that worked. The most telling failure is reported. A job that shows
 * whether a platform serves us again asks the first engine only.
 * @param chooseEngines first choice first; by the link, the options and whether there are cookies
 */
export function createEngineChain(chooseEngines: (context: ConnectorContext) => readonly Engine[]): Connector {
  const chains = new WeakMap<ConnectorContext, Chain>();
  return {
    async probe(context) {
      const chain: Chain = { waiting: [...chooseEngines(context)], failures: [] };
      chains.set(context, chain);
      return probeNext(context, chain);
    },
    async fetch(context) {
      const chain = chains.get(context);
      if (chain === undefined) throw new PluginError('MF_ERR_PLUGIN', 'The fetch was asked for before the probe.');
      return fetchNext(context, chain);
    },
  };
}

async function probeNext(context: ConnectorContext, chain: Chain): Promise<PostProbe> {
  for (;;) {
    const engine = takeEngine(context, chain);
    try {
      const run = engine.start(context);
      watch(run);
      chain.running = { engine, run };
      return await run.probe;
    } catch (thrown) {
      await noteFailure(context, chain, engine, thrown);
    }
  }
}

async function fetchNext(context: ConnectorContext, chain: Chain): Promise<readonly FetchedItem[]> {
  for (;;) {
    const { running } = chain;
    // Never in practice: a probe that returns leaves a run.
    if (running === undefined) throw takeReport(chain);
    try {
      return await running.run.files;
    } catch (thrown) {
      await noteFailure(context, chain, running.engine, thrown);
    }
    await probeNext(context, chain);
  }
}

/** The next engine that may help after the last failure. @throws the most telling failure when there is none */
function takeEngine(context: ConnectorContext, chain: Chain): Engine {
  const last = chain.failures.at(-1);
  for (let engine = chain.waiting.shift(); engine !== undefined; engine = chain.waiting.shift()) {
    if (last !== undefined && !mayFollow(engine, last.code)) continue;
    if (last !== undefined) assertMayGoOn(context, last, takeReport(chain));
    return engine;
  }
  throw takeReport(chain);
}

function mayFollow(engine: Engine, code: FailureCode): boolean {
  if (engine.onlyAfter !== undefined) return engine.onlyAfter.includes(code);
  return ENGINE_FAILURES.includes(code) || (engine.alsoAfter?.includes(code) ?? false);
}

function takeReport(chain: Chain): PluginError {
  return (
    findMostTelling(chain.failures) ?? new PluginError('MF_ERR_PLUGIN', 'The connector knows no engine for this link.')
  );
}

/** Ends the run, waits for its end, and keeps what it died of. @throws at once when the job was stopped */
async function noteFailure(context: ConnectorContext, chain: Chain, engine: Engine, thrown: unknown): Promise<void> {
  const { running } = chain;
  delete chain.running;
  if (running !== undefined) {
    running.run.cancel();
    await running.run.files.catch(() => undefined);
  }
  const failure = toPluginError(thrown);
  if (context.signal.aborted) throw failure;
  chain.failures.push(failure);
  context.log.info({ engine: engine.name, code: failure.code }, failure.message);
}

/** A run's other promise may reject while one is waited for. */
function watch(run: EngineRun): void {
  run.probe.catch(() => undefined);
  run.files.catch(() => undefined);
}
