import { LitElement } from 'lit';
import { ownTask } from './own-task.ts';

/**
 * An element of the first screen that draws itself in a task of its own the first time: drawn in one go, all of them
 * would keep a slow processor from answering to a press.
 */
export class CalmElement extends LitElement {
  protected override async scheduleUpdate(): Promise<void> {
    if (!this.hasUpdated) await ownTask();
    await super.scheduleUpdate();
  }
}
