import { assert } from 'chai';
import { html } from 'lit';
import type { Post } from '../../src/api/types.ts';
import '../../src/viewer/mf-filing.ts';
import type { MfFiling } from '../../src/viewer/mf-filing.ts';
import { folder, post } from '../helpers/data.ts';
import { eventOf, find, textOf, unmount } from '../helpers/render.ts';
import { FakeServices, mountIn } from '../helpers/services.ts';

const FOLDERS = {
  folders: [folder({ id: 'f', name: 'Recipes' })],
  sharedFolders: [],
  inbox: null,
  trash: null,
  favourites: null,
};

async function filing(over: Partial<Post>): Promise<{ services: FakeServices; element: MfFiling }> {
  const services = new FakeServices({
    Folders: () => FOLDERS,
    StartBulk: ({ action }) => ({
      startBulk: { id: 'j', action, status: 'done', total: 1, done: 1, failed: 0, errorCode: null, undoable: true },
    }),
  });
  await services.folders.load();
  const element = await mountIn<MfFiling>(services, html`<mf-filing .post=${post(over)}></mf-filing>`);
  return { services, element };
}

describe('mf-filing', () => {
  afterEach(unmount);

  it('names folders and tags, each a link to its place', async () => {
    const { element } = await filing({ folderIds: ['f'], tags: ['cats'] });
    assert.include(textOf(element), 'Recipes');
    assert.include(textOf(element), '#cats');
    const links = [...element.renderRoot.querySelectorAll('a')].map((link) => new URL(link.href).pathname);
    assert.match(links.join(' '), /library\/f\/f .*library\/t\/cats/);
  });

  it('the post is told as it is now as soon as a tag is taken off', async () => {
    const { services, element } = await filing({ tags: ['cats', 'dogs'] });
    const changed = eventOf<Post>(element, 'mf-post');
    find(element, '[aria-label="Take #cats off"]').click();
    assert.deepEqual((await changed).detail.tags, ['dogs']);
    assert.deepEqual(services.of('StartBulk')[0]?.['options'], { tags: ['cats'] });
  });

  it('somebody else’s post cannot be filed', async () => {
    const { element } = await filing({ foreign: true, tags: ['cats'] });
    assert.equal(textOf(element), '');
  });
});
