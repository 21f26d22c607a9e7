import type { Doc } from '../bson/values.ts';
import { mongoError } from '../errors.ts';
import { creationOptions } from './collection-options.ts';
import { ok } from './replies.ts';
import type { Request } from './request.ts';
import { checkViewCycle } from './views.ts';

/** Makes a collection or a view. */
export function create(request: Request): Doc {
  const name = request.collection;
  const options = creationOptions(request.body);
  const { store } = request.engine;
  if (store.catalog.find(request.database, name))
    throw mongoError('NamespaceExists', `Collection ${request.database}.${name} already exists.`);
  checkViewCycle(store.catalog, request.database, name, options);
  store.write(() => store.catalog.create(request.database, name, options));
  return ok();
}
