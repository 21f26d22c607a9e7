import { assert } from 'chai';
import { impactSentences } from '../../src/select/impact-words.ts';
import { placeOf } from '../../src/viewer/place.ts';
import { carousel, post } from '../helpers/data.ts';

describe('placeOf', () => {
  const posts = [post(), carousel(4), post()];
  const middle = posts[1];

  it('knows the posts beside it', () => {
    const place = placeOf(middle, middle?.id ?? '', 2, posts);
    assert.deepEqual([place.at, place.index, place.previous?.id, place.next?.id], [1, 1, posts[0]?.id, posts[2]?.id]);
  });

  it('an item past the end is the last one', () => {
    assert.equal(placeOf(middle, middle?.id ?? '', 99, posts).index, 3);
  });

  it('a post that came by its address has nobody beside it', () => {
    const place = placeOf(post(), 'other', 1, posts);
    assert.deepEqual([place.at, place.previous, place.next], [-1, undefined, undefined]);
  });
});

describe('impactSentences', () => {
  it('tells what goes, what becomes free, and what stays', () => {
    assert.deepEqual(impactSentences({ files: 3, bytes: 6_400_000, keptFiles: 1 }), [
      'Nobody else keeps its 3 files: they are deleted, which frees 6.4\u202fMB.',
      '1 file stays, because somebody else keeps it.',
    ]);
  });

  it('says when no file goes', () => {
    assert.deepEqual(impactSentences({ files: 0, bytes: 0, keptFiles: 2 })[0], 'No file is deleted.');
  });
});
