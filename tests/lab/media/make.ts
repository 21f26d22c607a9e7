import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { link, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Recipe } from './recipe.ts';
import { createPainter } from './scenes.ts';

const FRAMES_A_SECOND = 24;
const PAINTED_WIDTH = 540;

const exists = (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    () => false,
  );

// A little tune: four notes a second, each dying away.
const tuneSource = (base: number, seconds: number): string =>
  `aevalsrc='0.3*sin(2*PI*${base}*pow(1.2599,mod(floor(t*4),4))*t)*exp(-4*mod(t,0.25))':s=44100:d=${seconds}`;

const paintedSize = (recipe: Recipe): [number, number] => {
  const share = recipe.kind === 'image' ? 1 : Math.min(1, PAINTED_WIDTH / Math.min(recipe.width, recipe.height));
  const [width, height] = [Math.round(recipe.width * share), Math.round(recipe.height * share)];
  return recipe.rotation === 90 ? [height, width] : [width, height];
};

const buildFfmpegArguments = (recipe: Recipe, output: string): string[] => {
  const seconds = recipe.duration ?? 0;
  const argv = ['-v', 'error', '-nostdin', '-y'];
  const { picture } = recipe;
  if (picture !== undefined && 'scene' in picture)
    argv.push(
      '-f',
      'rawvideo',
      '-pix_fmt',
      'rgb24',
      '-s',
      paintedSize(recipe).join('x'),
      '-r',
      String(FRAMES_A_SECOND),
      '-i',
      'pipe:0',
    );
  else if (picture !== undefined) argv.push('-f', 'lavfi', '-i', `${picture.lavfi}:r=${FRAMES_A_SECOND}`);
  if (recipe.tune !== undefined) argv.push('-f', 'lavfi', '-i', tuneSource(recipe.tune, seconds));
  if (recipe.kind === 'image') argv.push('-frames:v', '1');
  else argv.push('-t', String(seconds));
  const turn = recipe.rotation === 90 ? 'transpose=cclock,' : '';
  if (recipe.kind !== 'audio' && !recipe.encode.includes('-vf'))
    argv.push('-vf', `${turn}scale=${recipe.width}:${recipe.height}:flags=bicubic`);
  return [
    ...argv,
    '-fflags',
    '+bitexact',
    '-flags:v',
    '+bitexact',
    '-flags:a',
    '+bitexact',
    '-threads',
    '2',
    ...recipe.encode,
    output,
  ];
};

const run = async (recipe: Recipe, output: string): Promise<void> => {
  const child = spawn(
    process.env['FFMPEG_PATH'] ?? 'ffmpeg',
    ['-hide_banner', ...buildFfmpegArguments(recipe, output)],
    {
      stdio: ['pipe', 'ignore', 'pipe'],
    },
  );
  const ended = once(child, 'close');
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  child.stdin.on('error', () => undefined); // ffmpeg may have all it needs before we are done
  if (recipe.picture !== undefined && 'scene' in recipe.picture) {
    const paint = createPainter(recipe.picture.scene, ...paintedSize(recipe));
    const frames = recipe.kind === 'image' ? 1 : (recipe.duration ?? 0) * FRAMES_A_SECOND;
    for (let frame = 0; frame < frames && child.exitCode === null; frame += 1)
      if (!child.stdin.write(paint(frame / FRAMES_A_SECOND))) await Promise.race([once(child.stdin, 'drain'), ended]);
  }
  child.stdin.end();
  const [code] = (await ended) as [number | null];
  if (code !== 0) throw new Error(`ffmpeg could not make ${recipe.name}: ${errors.trim()}`);
};

/** Puts `from` at `to` unless something is there: whoever comes second keeps the first one's bytes. */
const publish = async (from: string, to: string): Promise<void> => {
  try {
    await link(from, to);
    await rm(from, { force: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') await rm(from, { force: true });
    else await rename(from, to); // no hard links on this file system
  }
};

const makeOne = async (recipe: Recipe, folder: string): Promise<void> => {
  const target = join(folder, recipe.name);
  if (await exists(target)) return;
  const partial = join(folder, `.${process.pid}-${Date.now().toString(36)}-${recipe.name}`);
  try {
    await run(recipe, partial);
    if (recipe.finish !== undefined) await writeFile(partial, recipe.finish(await readFile(partial)));
    await publish(partial, target);
  } finally {
    await rm(partial, { force: true });
  }
};

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

/** One process makes the files while the others wait; a lock whose owner is gone counts for nothing. */
const withLock = async (folder: string, work: () => Promise<void>): Promise<void> => {
  const lock = join(folder, '.lock');
  for (;;) {
    try {
      await writeFile(lock, String(process.pid), { flag: 'wx' });
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const owner = Number(await readFile(lock, 'utf8').catch(() => '0'));
      if (owner > 0 && !isAlive(owner)) await rm(lock, { force: true });
      else await wait(100);
    }
  }
  try {
    await work();
  } finally {
    await rm(lock, { force: true });
  }
};

/** Makes the files of `recipes` that `folder` does not have yet. Safe with any number of processes. */
export const makeMedia = async (recipes: readonly Recipe[], folder: string): Promise<void> => {
  const missing = async (): Promise<Recipe[]> => {
    const there = await Promise.all(recipes.map((recipe) => exists(join(folder, recipe.name))));
    return recipes.filter((_, index) => there[index] !== true);
  };
  if ((await missing()).length === 0) return;
  await mkdir(folder, { recursive: true });
  await withLock(folder, async () => {
    const queue = await missing();
    const take = async (): Promise<void> => {
      for (let recipe = queue.shift(); recipe !== undefined; recipe = queue.shift()) await makeOne(recipe, folder);
    };
    await Promise.all([take(), take()]);
  });
};
