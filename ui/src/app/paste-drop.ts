import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { isTyping } from '../elements/focus.ts';
import { isOwnDrag } from '../select/drag-data.ts';
import { extractLinks } from '../submit/links.rules.ts';

/** Takes links that are pasted outside of fields or dropped anywhere. */
export class PasteDrop implements ReactiveController {
  /** A link is held over the page. */
  dragging = false;
  readonly #host: ReactiveControllerHost;
  readonly #take: (text: string) => void;
  #listening: AbortController | undefined;
  #depth = 0;

  constructor(host: ReactiveControllerHost, take: (text: string) => void) {
    this.#host = host;
    this.#take = take;
    host.addController(this);
  }

  hostConnected(): void {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    document.addEventListener('paste', (event) => this.#onPaste(event), { signal });
    document.addEventListener('dragenter', (event) => this.#onDrag(event, 1), { signal });
    document.addEventListener('dragleave', (event) => this.#onDrag(event, -1), { signal });
    document.addEventListener('dragover', (event) => this.#onOver(event), { signal });
    document.addEventListener('drop', (event) => this.#onDrop(event), { signal });
  }

  hostDisconnected(): void {
    this.#listening?.abort();
  }

  #onPaste(event: ClipboardEvent): void {
    if (isTyping(event)) return;
    const text = event.clipboardData?.getData('text') ?? '';
    if (!text.trim()) return;
    event.preventDefault();
    this.#take(text);
  }

  #onDrag(event: DragEvent, step: 1 | -1): void {
    if (!carriesLink(event)) return;
    this.#depth = Math.max(0, this.#depth + step);
    this.#show(this.#depth > 0);
  }

  #onOver(event: DragEvent): void {
    if (carriesLink(event)) event.preventDefault();
  }

  #onDrop(event: DragEvent): void {
    this.#depth = 0;
    this.#show(false);
    if (!carriesLink(event)) return;
    event.preventDefault();
    const text = event.dataTransfer?.getData('text/uri-list') || event.dataTransfer?.getData('text/plain') || '';
    if (extractLinks(text).length > 0) this.#take(text);
  }

  #show(dragging: boolean): void {
    if (dragging === this.dragging) return;
    this.dragging = dragging;
    this.#host.requestUpdate();
  }
}

/** Our own pictures and cards are links too; they are not meant. */
function carriesLink({ dataTransfer, target }: DragEvent): boolean {
  if (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) return false;
  if (isOwnDrag(dataTransfer)) return false;
  const types = dataTransfer?.types ?? [];
  return types.includes('text/uri-list') || types.includes('text/plain');
}
