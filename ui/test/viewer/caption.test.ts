import { assert } from 'chai';
import { html } from 'lit';
import { parseCaption } from '../../src/viewer/caption.rules.ts';
import '../../src/viewer/mf-caption.ts';
import type { MfCaption } from '../../src/viewer/mf-caption.ts';
import { eventOf, find, mount, unmount } from '../helpers/render.ts';

describe('parseCaption', () => {
  it('finds links and hashtags of any script', () => {
    assert.deepEqual(parseCaption('Wow (https://a.test/x?y=1). #ramen #作り置き'), [
      { kind: 'text', text: 'Wow (' },
      { kind: 'link', text: 'https://a.test/x?y=1', href: 'https://a.test/x?y=1' },
      { kind: 'text', text: '). ' },
      { kind: 'tag', text: '#ramen', tag: 'ramen' },
      { kind: 'text', text: ' ' },
      { kind: 'tag', text: '#作り置き', tag: '作り置き' },
    ]);
  });

  for (const text of ['javascript:alert(1)', 'data:text/html,<script>', 'a#b', 'file:///etc/passwd', '&#39;']) {
    it(`${text} stays text`, () => {
      assert.deepEqual(parseCaption(text), [{ kind: 'text', text }]);
    });
  }

  it('characters that turn the direction are dropped', () => {
    assert.deepEqual(parseCaption('a\u202eb\u2066c\u200b'), [{ kind: 'text', text: 'abc' }]);
  });

  it('a caption of a hundred thousand characters is cut', () => {
    assert.equal(parseCaption('x'.repeat(100_000))[0]?.text.length, 20_000);
  });
});

describe('mf-caption', () => {
  afterEach(unmount);

  it('markup stays text', async () => {
    const caption = await mount<MfCaption>(
      html`<mf-caption .text=${'<img src=x onerror=alert(1)> <b>b</b> &amp;'}></mf-caption>`,
    );
    const paragraph = find(caption, '.cap');
    assert.equal(paragraph.children.length, 0);
    assert.equal(paragraph.textContent, '<img src=x onerror=alert(1)> <b>b</b> &amp;');
  });

  it('links open elsewhere and tell nothing of this server', async () => {
    const caption = await mount<MfCaption>(html`<mf-caption .text=${'https://a.test/'}></mf-caption>`);
    const link = find<HTMLAnchorElement>(caption, 'a');
    assert.equal(link.target, '_blank');
    assert.include(link.rel, 'noreferrer');
  });

  it('a hashtag asks for its search', async () => {
    const caption = await mount<MfCaption>(html`<mf-caption .text=${'so #good'}></mf-caption>`);
    const asked = eventOf<string>(caption, 'mf-tag');
    find<HTMLButtonElement>(caption, '.tag').click();
    assert.equal((await asked).detail, 'good');
  });

  it('a long one is folded and can be opened', async () => {
    const caption = await mount<MfCaption>(
      html`<mf-caption style="inline-size: 300px" .text=${'many words '.repeat(200)}></mf-caption>`,
    );
    await caption.updateComplete;
    const folded = find(caption, '.cap').clientHeight;
    find<HTMLButtonElement>(caption, '.more').click();
    await caption.updateComplete;
    assert.isAbove(find(caption, '.cap').clientHeight, folded * 2);
  });
});
