/** What only finds something is no loss. */
const FINDS = '[type=search], [role=combobox]';
const WRITTEN = 'textarea, input:not([type]), [type=text], [type=url], [type=email], [type=password], [type=number]';

/** Fields inside an element that somebody has written into. */
export class Typed {
  readonly #fields = new Set<HTMLInputElement | HTMLTextAreaElement>();

  constructor(host: HTMLElement) {
    host.addEventListener('input', (event) => {
      const [field] = event.composedPath();
      const isField = field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement;
      if (isField && field.matches(WRITTEN) && !field.matches(FINDS)) this.#fields.add(field);
    });
  }

  /** Whether something written stands there yet. */
  get any(): boolean {
    return [...this.#fields].some((field) => field.isConnected && field.value.trim() !== '');
  }
}
