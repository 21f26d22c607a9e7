import { Types } from 'mongoose';
import { CodedError } from '../../../errors.ts';
import type { FoldersService } from '../folders/folders-service.ts';
import { labelOf } from '../listing/list-facts.rules.ts';
import type { LinkDoc } from '../models.ts';
import type { Organizer, OwnWords } from '../posts/organizer.ts';
import { changeTags } from '../tags/tag.rules.ts';
import type { TagsService } from '../tags/tags-service.ts';
import type { BulkDoc } from './bulk-model.ts';

type OneByOne = (linkId: string, userId: string) => Promise<unknown>;

/** What actions need of the library. */
export interface BulkTools {
  readonly folders: FoldersService;
  readonly organizer: Organizer;
  readonly tags: TagsService;
  readonly trash: OneByOne;
  readonly restore: OneByOne;
  readonly remove: OneByOne;
}

/** Does what a job asks to some links; says how many could not be changed. */
export async function applyBulk(tools: BulkTools, job: BulkDoc, links: readonly LinkDoc[]): Promise<number> {
  const filed = { user: job.user, links: links.map(({ _id }) => _id) };
  const { filing } = tools.folders;
  const { folder, from } = job.options;
  switch (job.action) {
    case 'addToFolder':
      await filing.add(filed, new Types.ObjectId(folder));
      return 0;
    case 'moveToFolder':
      await filing.move(filed, from === undefined ? null : new Types.ObjectId(from), new Types.ObjectId(folder));
      return 0;
    case 'removeFromFolder':
      await filing.remove(filed, new Types.ObjectId(folder));
      return 0;
    case 'toInbox':
      await filing.toInbox(filed);
      return 0;
    default:
      // Once for all of them: a tag that many posts have takes long to count.
      return tools.tags.around(job.user, tagsOf(job.options), async () => applyEach(tools, job, links));
  }
}

async function applyEach(tools: BulkTools, job: BulkDoc, links: readonly LinkDoc[]): Promise<number> {
  const user = job.user.toHexString();
  let failed = 0;
  for (const { _id } of links) {
    try {
      await applyOne(tools, job, _id.toHexString(), user);
    } catch (error) {
      // Gone or changed meanwhile, or not possible for this one: the others go on.
      if (!(error instanceof CodedError) || error.statusCode >= 500) throw error;
      failed += 1;
    }
  }
  return failed;
}

async function applyOne(tools: BulkTools, { action, options }: BulkDoc, link: string, user: string): Promise<unknown> {
  if (action === 'trash' || action === 'restore' || action === 'remove') return tools[action](link, user);
  return tools.organizer.change(user, link, (known) => wordsOf(known, action, options), { countsTags: false });
}

/** All that may be put to a post or taken from it. */
function tagsOf({ tags = [], to }: BulkDoc['options']): string[] {
  return to === undefined ? [...tags] : [...tags, to];
}

function wordsOf({ tags }: LinkDoc, action: BulkDoc['action'], options: BulkDoc['options']): OwnWords {
  const named = options.tags ?? [];
  if (action === 'favourite' || action === 'unfavourite') return { favourite: action === 'favourite' };
  if (action === 'addTags') return { tags: changeTags(tags, named, []) };
  if (action === 'removeTags') return { tags: changeTags(tags, [], named) };
  // A tag that only the post has keeps its name.
  const old = new Set(named.map(labelOf));
  if (!tags.some((tag) => old.has(labelOf(tag)))) return {};
  return { tags: changeTags(tags, options.to === undefined ? [] : [options.to], named) };
}
