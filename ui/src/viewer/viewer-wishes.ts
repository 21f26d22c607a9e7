import type { Post } from '../api/types.ts';
import type { DetailsWish } from './mf-details.ts';
import type { ViewerActions } from './viewer-actions.ts';
import type { ViewerSteps } from './viewer-steps.ts';

interface Reach {
  readonly actions: ViewerActions;
  readonly steps: ViewerSteps;
  /** Asks whether it shall go for good. */
  readonly askRemoval: () => void;
  readonly close: () => void;
}

/** Does what a person wants of the post that is shown. What is somebody else's can only be passed on. */
export function grantWish({ actions, steps, askRemoval, close }: Reach, post: Post, wish: DetailsWish): void {
  if (wish === 'share') return void actions.share(post);
  if (post.foreign) return;
  switch (wish) {
    case 'favourite':
      actions.favourite(post);
      return;
    case 'hide':
      return void actions.hide(post, steps.place.index);
    case 'unhide':
      return void actions.showItems(post);
    case 'purge':
      askRemoval();
      return;
    default: {
      // What leaves the list makes room for the next post.
      const { next, previous } = steps.place;
      const neighbour = next ?? previous;
      actions.move(post, wish);
      if (neighbour) steps.show(neighbour, 0);
      else close();
    }
  }
}
