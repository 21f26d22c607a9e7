import { assert } from 'chai';
import { html } from 'lit';
import '../../src/home/mf-home.ts';
import type { MfHome } from '../../src/home/mf-home.ts';
import { LibraryServer } from '../helpers/library-server.ts';
import { allowResizeLoops, unmount, until } from '../helpers/render.ts';
import { FakeServices, mountIn } from '../helpers/services.ts';

const scrubberOf = (home: MfHome): Element | null => home.renderRoot.querySelector('mf-scrubber');
const railOf = (home: MfHome): Element | undefined => scrubberOf(home)?.shadowRoot?.querySelector('.rail') ?? undefined;

describe('mf-home', () => {
  beforeEach(allowResizeLoops);
  afterEach(unmount);

  for (const [told, months, stays] of [
    ['several', ['2026-11', '2026-10'], true],
    ['one', ['2026-11'], false],
  ] as const) {
    it(`the months have their room before they are told, and ${stays ? 'keep' : 'lose'} it when there is ${told}`, async () => {
      let tell: (libraryMonths: readonly string[]) => void = () => undefined;
      const answer = new Promise<unknown>((resolve) => (tell = (libraryMonths) => resolve({ libraryMonths })));
      const services = new FakeServices({ ...new LibraryServer(4).answers, LibraryMonths: () => answer });
      const home = await mountIn<MfHome>(services, html`<mf-home></mf-home>`);
      await until(() => services.library.state === 'ready' && services.of('LibraryMonths').length > 0);
      await home.updateComplete;
      assert(scrubberOf(home));
      tell(months);
      await until(() => (stays ? railOf(home) !== undefined : scrubberOf(home) === null));
    });
  }

  it('a library without posts keeps no room for months', async () => {
    const never = new Promise<unknown>(() => undefined);
    const services = new FakeServices({ ...new LibraryServer(0).answers, LibraryMonths: () => never });
    const home = await mountIn<MfHome>(services, html`<mf-home></mf-home>`);
    await until(() => scrubberOf(home) === null);
    assert.equal(services.library.state, 'ready');
  });
});
