import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LabItem } from '../types.ts';
import { makeMedia } from './make.ts';
import { MEDIA_VERSION, RECIPES } from './recipes.ts';
import type { Recipe } from './recipe.ts';

/** A made file with its bytes at hand. */
export interface Asset {
  readonly recipe: Recipe;
  readonly file: string;
  readonly bytes: Buffer;
  readonly sha256: string;
}

export interface MediaLibrary {
  /** @throws RangeError for a name that no recipe has. */
  asset(name: string): Asset;
  /** Makes and loads a file that is made on demand. */
  demand(name: string): Promise<Asset>;
}

export const sha256 = (...parts: readonly Buffer[]): string => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
};

/** Facts of an asset as an item of a post; `tail` are bytes that the post appends to it. */
export const itemOf = (asset: Asset, tail?: Buffer): LabItem => {
  const { recipe } = asset;
  const turned = recipe.rotation === 90;
  return {
    kind: recipe.kind,
    file: asset.file,
    sourceSha256: tail === undefined ? asset.sha256 : sha256(asset.bytes, tail),
    size: asset.bytes.length + (tail?.length ?? 0),
    playable: recipe.playable,
    width: turned ? recipe.height : recipe.width,
    height: turned ? recipe.width : recipe.height,
    ...(recipe.rotation === undefined ? {} : { rotation: recipe.rotation }),
    ...(recipe.duration === undefined ? {} : { duration: recipe.duration }),
  };
};

const defaultFolder = (): string =>
  process.env['LAB_MEDIA_DIR'] ?? join(import.meta.dirname, '../../../node_modules/.cache/mediafetcher-lab');

const load = async (recipe: Recipe, folder: string): Promise<Asset> => {
  const file = join(folder, recipe.name);
  const bytes = await readFile(file);
  return { recipe, file, bytes, sha256: sha256(bytes) };
};

/** Makes what is missing (under a minute, once) and loads the rest. */
export const openMediaLibrary = async (folder = defaultFolder()): Promise<MediaLibrary> => {
  const home = join(folder, `v${MEDIA_VERSION}`);
  const ready = RECIPES.filter((recipe) => recipe.onDemand !== true);
  await makeMedia(ready, home);
  const assets = new Map<string, Asset>();
  for (const recipe of ready) assets.set(recipe.name, await load(recipe, home));

  const asset = (name: string): Asset => {
    const found = assets.get(name);
    if (found === undefined) throw new RangeError(`no lab medium called ${name}`);
    return found;
  };
  return {
    asset,
    async demand(name) {
      const recipe = RECIPES.find((candidate) => candidate.name === name);
      if (recipe === undefined || assets.has(name)) return asset(name);
      await makeMedia([recipe], home);
      const made = await load(recipe, home);
      assets.set(name, made);
      return made;
    },
  };
};
