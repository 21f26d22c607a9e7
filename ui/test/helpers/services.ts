import { html, LitElement } from 'lit';
import type { TemplateResult } from 'lit';
import type { Api } from '../../src/api/api.ts';
import { textOf } from '../../src/api/graphql.ts';
import { Services } from '../../src/app/services.ts';
import { mount } from './render.ts';

type Answer = (variables: Record<string, unknown>) => unknown;

/** One request as the fake server was asked it. */
export interface Asked {
  readonly name: string;
  readonly variables: Record<string, unknown>;
}

/** An app without a server: requests are answered by their operation's name, or are an error. */
export class FakeServices extends Services {
  readonly asked: Asked[] = [];

  constructor(answers: Readonly<Record<string, Answer>> = {}) {
    super();
    const reply = async (name: string, variables: Record<string, unknown>): Promise<unknown> => {
      this.asked.push({ name, variables });
      const answer = answers[name];
      if (!answer) throw new Error(`nobody answers ${name}`);
      return answer(variables);
    };
    const fake: Pick<Api, 'query' | 'rest'> = {
      query: async (document: unknown, variables: unknown) =>
        // The fake hands out what the test wrote down for this operation.
        (await reply(/(?:query|mutation)\s+(\w+)/.exec(textOf(document))?.[1] ?? '', {
          ...(variables as object),
        })) as never,
      rest: async (path, options) => reply(`${options?.method ?? 'GET'} ${path}`, { ...(options?.body as object) }),
    };
    Object.assign(this.api, fake);
  }

  /** What was asked under a name. */
  of(name: string): Record<string, unknown>[] {
    return this.asked.filter((request) => request.name === name).map(({ variables }) => variables);
  }
}

/** Hands services down to what is slotted. */
class MfTestHost extends LitElement {
  services: Services | undefined;

  protected override render(): TemplateResult {
    return html`<slot></slot>`;
  }
}
customElements.define('mf-test-host', MfTestHost);

/** Puts an element on the page inside of services; gives the element. */
export async function mountIn<Element extends LitElement>(
  services: Services,
  content: TemplateResult,
): Promise<Element> {
  const host = new MfTestHost();
  services.provide(host);
  const place = await mount<LitElement>(html`${host}`);
  const { render } = await import('lit');
  render(content, place);
  const element = place.firstElementChild as Element; // The template's own root.
  await element.updateComplete;
  return element;
}
