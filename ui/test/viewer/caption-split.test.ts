import { assert } from 'chai';
import { splitCaption } from '../../src/viewer/caption-split.rules.ts';

describe('title and caption', () => {
  const cases: readonly (readonly [string, string, string, { heading: boolean; caption: string }])[] = [
    ['a caption of its own stays whole', 'Title', 'Something else', { heading: true, caption: 'Something else' }],
    ['one that is the title is left out', 'Good morning', 'Good morning', { heading: true, caption: '' }],
    [
      'one that begins with it goes on after it',
      'Too good',
      'Too good\n#repost',
      { heading: true, caption: '#repost' },
    ],
    ['white space makes no difference', 'a b', '  a\n\n b c', { heading: true, caption: 'c' }],
    [
      'links and hashtags in it stay to be pressed',
      'see #cats',
      'see #cats now',
      { heading: false, caption: 'see #cats now' },
    ],
    [
      'a title that was cut is read on in the caption',
      'Long wor…',
      'Long words here',
      { heading: false, caption: 'Long words here' },
    ],
    ['no title, no heading', '', 'Only words', { heading: false, caption: 'Only words' }],
    ['nothing at all', '', '', { heading: false, caption: '' }],
    ['a caption that is shorter', 'Title and more', 'Title', { heading: true, caption: 'Title' }],
  ];
  for (const [fact, title, caption, expected] of cases) {
    it(fact, () => {
      assert.deepEqual(splitCaption(title, caption), expected);
    });
  }
});
