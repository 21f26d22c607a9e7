import { isNumber } from '../bson/exact.ts';
import type { Doc } from '../bson/values.ts';
import { mongoError } from '../errors.ts';
import type { Collection } from '../store/collection.ts';
import { IndexSpec } from '../store/index-spec.ts';
import { validatorOptions, viewOptions } from './collection-options.ts';
import { chosen, existing } from './indexes.ts';
import type { Request } from './request.ts';
import { checkViewCycle } from './views.ts';

const refused = [
  'cappedSize',
  'cappedMax',
  'changeStreamPreAndPostImages',
  'timeseries',
  'expireAfterSeconds',
  'dryRun',
];
const indexFields = ['name', 'keyPattern', 'expireAfterSeconds', 'hidden'];

/** Changes an index's expiry or whether it is hidden. */
function changeIndex(request: Request, collection: Collection, change: Doc, reply: Doc): void {
  for (const name of change.keys())
    if (!indexFields.includes(name))
      throw name === 'unique' || name === 'prepareUnique'
        ? mongoError('InvalidOptions', `collMod of '${name}' is not supported`)
        : mongoError('UnknownField', `BSON field 'collMod.index.${name}' is an unknown field.`);
  const [index] = chosen(collection, change.get('name') ?? change.get('keyPattern') ?? null);
  if (!index) throw mongoError('IndexNotFound', 'cannot find index');
  const document: Doc = new Map(index.spec.document);
  const expire = change.get('expireAfterSeconds');
  if (expire !== undefined) {
    if (!isNumber(expire)) throw mongoError('TypeMismatch', "'expireAfterSeconds' must be a number");
    const before = index.spec.document.get('expireAfterSeconds');
    if (before !== undefined) reply.set('expireAfterSeconds_old', before);
    document.set('expireAfterSeconds', expire);
    reply.set('expireAfterSeconds_new', expire);
  }
  const hidden = change.get('hidden');
  if (hidden !== undefined) {
    reply.set('hidden_old', index.spec.hidden);
    reply.set('hidden_new', hidden);
    if (hidden === true) document.set('hidden', true);
    else document.delete('hidden');
  }
  request.engine.store.catalog.changeIndex(collection, index, new IndexSpec(document));
}

/** Changes a validator, a view's pipeline, an index's expiry and whether it is hidden; the rest is refused. */
export function collMod(request: Request): Doc {
  const collection = existing(request);
  const { store } = request.engine;
  for (const name of refused)
    if (request.body.has(name)) throw mongoError('InvalidOptions', `collMod option '${name}' is not supported`);
  const change = request.document('index');
  const view = viewOptions(request.body);
  const validator = validatorOptions('collMod', request.body);
  if (view.size > 0 && !collection.view)
    throw mongoError('InvalidOptions', `option 'viewOn' is not valid on the collection ${collection.namespace}`);
  if (collection.view && (validator.size > 0 || change))
    throw mongoError('InvalidOptions', `option is not valid on the view ${collection.namespace}`);
  checkViewCycle(store.catalog, request.database, collection.name, new Map(view));
  const reply: Doc = new Map();
  store.write(() => {
    if (change) changeIndex(request, collection, change, reply);
    if (view.size + validator.size > 0)
      store.catalog.changeOptions(collection, new Map([...collection.options, ...validator, ...view]));
  });
  return reply.set('ok', 1);
}
