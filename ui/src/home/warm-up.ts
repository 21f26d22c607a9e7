import { ownTask } from '../elements/own-task.ts';
import { titleFonts, warmFont } from './wall-layout.ts';

let warm = false;

/**
 * Gets ready for cards, once, while their posts are still on their way. A title in another script makes the browser look
 * for each family of the font: one a task, and no press of a key has to wait for all of them.
 */
export async function warmUp(): Promise<void> {
  if (warm) return;
  warm = true;
  for (const font of titleFonts()) {
    await ownTask();
    warmFont(font);
  }
}
