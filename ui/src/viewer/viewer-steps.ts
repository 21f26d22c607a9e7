import type { LitElement } from 'lit';
import type { Post } from '../api/types.ts';
import { libraryContext, routerContext } from '../state/contexts.ts';
import { UseStore } from '../state/use-store.ts';
import { placeOf } from './place.ts';
import type { Place } from './place.ts';

type Host = LitElement & { readonly postId: string; readonly item: number };
const uses = (host: Host) => ({
  library: new UseStore(host, libraryContext),
  router: new UseStore(host, routerContext),
});

/** The ways from an item to the next, and from a post to the next of the list underneath. */
export class ViewerSteps {
  readonly #host: Host;
  readonly #post: () => Post | undefined;
  readonly #uses: ReturnType<typeof uses>;

  /** @param post - the one that is shown */
  constructor(host: Host, post: () => Post | undefined) {
    this.#host = host;
    this.#post = post;
    this.#uses = uses(host);
  }

  get place(): Place {
    return placeOf(this.#post(), this.#host.postId, this.#host.item, this.#uses.library.value?.posts ?? []);
  }

  /** On to the next item; past the last one to the next post. */
  item(step: 1 | -1): void {
    const post = this.#post();
    const { index, next, previous } = this.place;
    const neighbour = step === 1 ? next : previous;
    if (post?.items[index + step]) this.show(post, index + step);
    else if (neighbour) this.show(neighbour, step === 1 ? 0 : neighbour.items.length - 1);
  }

  post(step: 1 | -1): void {
    const { next, previous } = this.place;
    const neighbour = step === 1 ? next : previous;
    if (neighbour) this.show(neighbour, 0);
  }

  /** @param index - of the item, counted from 0 */
  show(post: Post, index: number): void {
    this.#uses.router.value?.go({ name: 'viewer', postId: post.id, item: index + 1 }, { replace: true });
  }
}
