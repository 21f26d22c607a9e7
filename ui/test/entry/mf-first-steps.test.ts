import { assert } from 'chai';
import { html } from 'lit';
import { checksOf } from '../../src/entry/checks.rules.ts';
import type { MediaCheck } from '../../src/entry/checks.rules.ts';
import '../../src/entry/mf-first-steps.ts';
import type { MfFirstSteps } from '../../src/entry/mf-first-steps.ts';
import { find, textOf, unmount, until } from '../helpers/render.ts';
import { FakeServices, mountIn } from '../helpers/services.ts';

const GOOD: MediaCheck = {
  path: '/mnt/media',
  marked: true,
  writable: true,
  sameDisk: true,
  free: 1e12,
  size: 4e12,
  speed: 118e6,
  problem: null,
};

describe('the checks of the media folder', () => {
  for (const [what, check, found] of [
    ['all is well', {}, [true, true, true]],
    ['a folder that is away is not tried', { marked: false, writable: false, sameDisk: false }, [false]],
    ['no rights', { writable: false, speed: null, problem: 'EACCES' }, [true, false]],
    ['two disks', { writable: false, sameDisk: false, problem: 'EXDEV' }, [true, false, false]],
  ] as const) {
    it(what, () => {
      assert.deepEqual(
        checksOf({ ...GOOD, ...check }).map(({ ok }) => ok),
        [...found],
      );
    });
  }
});

describe('mf-first-steps', () => {
  afterEach(unmount);

  it('goes on only when the folder can be written, and checks again when asked', async () => {
    let check = { ...GOOD, writable: false, speed: null, problem: 'EACCES' } as MediaCheck;
    const services = new FakeServices({ CheckMediaFolder: () => ({ checkMediaFolder: check }) });
    const element = await mountIn<MfFirstSteps>(services, html`<mf-first-steps .step=${'folder'}></mf-first-steps>`);
    await until(() => textOf(element).includes('EACCES'));
    assert.equal(element.renderRoot.querySelector('.go a'), null);
    check = GOOD;
    find(element, '.go button').click();
    await until(() => element.renderRoot.querySelector('.go a') !== null);
    assert.include(find<HTMLAnchorElement>(element, '.go a').href, '/setup/tools');
  });
});
