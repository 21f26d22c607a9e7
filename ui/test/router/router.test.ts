import { assert } from 'chai';
import { Router } from '../../src/router/router.ts';
import { eventOf } from '../helpers/render.ts';

describe('router', () => {
  const here = location.href;
  let listening: AbortController;
  let router: Router;

  beforeEach(() => {
    history.pushState({}, '', '/');
    listening = new AbortController();
    router = new Router();
    router.start(listening.signal);
  });

  afterEach(() => {
    listening.abort();
    document.querySelectorAll('a[data-test]').forEach((link) => link.remove());
    history.replaceState({}, '', here);
  });

  const link = (href: string): HTMLAnchorElement => {
    const anchor = document.createElement('a');
    anchor.href = href;
    anchor.dataset['test'] = '';
    document.body.append(anchor);
    return anchor;
  };

  it('a click on a link of the app changes the page without loading', () => {
    link('/downloads/finished').click();
    assert.deepEqual(router.page, { name: 'downloads', tab: 'finished' });
    assert.equal(location.pathname, '/downloads/finished');
  });

  it('a post opens over the page that is there, filter included', () => {
    router.go({ name: 'home', filter: { kind: 'video' } });
    link('/m/p1').click();
    assert.deepEqual(router.overlay, { name: 'viewer', postId: 'p1', item: 1 });
    assert.deepEqual(router.page, { name: 'home', filter: { kind: 'video' } });
  });

  it('closing after steps goes back to the page in one', async () => {
    router.go({ name: 'downloads', tab: 'now' });
    router.go({ name: 'viewer', postId: 'p1', item: 1 });
    router.go({ name: 'viewer', postId: 'p2', item: 3 }, { replace: true });
    const back = eventOf(window, 'popstate');
    router.closeOverlay();
    await back;
    assert.equal(router.overlay, undefined);
    assert.deepEqual(router.page, { name: 'downloads', tab: 'now' });
    assert.equal(location.pathname, '/downloads');
  });

  it('a post that was opened by its address closes to the wall', () => {
    const direct = new Router();
    history.replaceState({}, '', '/m/p9');
    direct.start(listening.signal);
    assert.equal(direct.overlay?.name, 'viewer');
    direct.closeOverlay();
    assert.equal(location.pathname, '/');
    assert.deepEqual(direct.page, { name: 'home', filter: {} });
  });

  it('links to files of the server are the browser’s', () => {
    const anchor = link('/api/media/1/file?download=1');
    let taken = true;
    window.addEventListener(
      'click',
      (event) => {
        taken = event.defaultPrevented;
        event.preventDefault();
      },
      { once: true },
    );
    anchor.click();
    assert.equal(taken, false);
  });

  it('a path kept over a sign-in cannot lead out of the app', () => {
    router.goToPath('//evil.test/x');
    assert.equal(location.origin, new URL(here).origin);
  });
});
