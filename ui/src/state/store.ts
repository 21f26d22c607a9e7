/** State that several elements watch: whoever changes it calls `changed`. */
export class Store extends EventTarget {
  protected changed(): void {
    this.dispatchEvent(new Event('change'));
  }

  /** Calls `listener` after each change. @returns the way to stop it */
  watch(listener: () => void): () => void {
    this.addEventListener('change', listener);
    return () => this.removeEventListener('change', listener);
  }
}
