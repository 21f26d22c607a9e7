import { step } from '../steps.ts';
import { buildPlugins } from './plugins.ts';
import { buildServer } from './server.ts';
import { buildWebApp } from './web-app.ts';

/** Builds what has changed; says nothing and takes milliseconds when nothing has. True when something was built. */
export async function buildAll(): Promise<boolean> {
  const built = [
    await step('server', buildServer),
    await step('plugins', buildPlugins),
    await step('web app', buildWebApp),
  ];
  return built.includes(true);
}
