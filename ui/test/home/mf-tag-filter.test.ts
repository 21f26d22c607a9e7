import { assert } from 'chai';
import { html } from 'lit';
import '../../src/home/mf-filters.ts';
import type { MfFilters } from '../../src/home/mf-filters.ts';
import type { MfTagFilter } from '../../src/home/mf-tag-filter.ts';
import type { Filter } from '../../src/router/filter.ts';
import { eventOf, find, textOf, unmount, until } from '../helpers/render.ts';
import { FakeServices, mountIn } from '../helpers/services.ts';

describe('mf-tag-filter', () => {
  afterEach(unmount);

  it('reads the tags when they are wanted, and filters by the one that is chosen', async () => {
    const services = new FakeServices({ Tags: () => ({ tags: [{ name: 'ramen', count: 3 }] }) });
    const element = await mountIn<MfFilters>(services, html`<mf-filters .value=${{ kind: 'video' }}></mf-filters>`);
    const chip = find<MfTagFilter>(element, 'mf-tag-filter');
    await chip.updateComplete;
    assert.equal(services.of('Tags').length, 0);
    find(chip, 'mf-menu').dispatchEvent(new FocusEvent('focusin'));
    await until(() => textOf(chip).includes('ramen'));
    const filtered = eventOf<Filter>(element, 'mf-filter');
    find(chip, '[role=menuitemradio]').click();
    assert.deepEqual((await filtered).detail, { kind: 'video', tag: 'ramen' });
  });

  it('says so when they do not come', async () => {
    const element = await mountIn<MfFilters>(new FakeServices(), html`<mf-filters></mf-filters>`);
    const chip = find<MfTagFilter>(element, 'mf-tag-filter');
    await chip.updateComplete;
    find(chip, 'mf-menu').dispatchEvent(new FocusEvent('focusin'));
    await until(() => textOf(chip).includes('Your tags did not come.'));
  });
});
