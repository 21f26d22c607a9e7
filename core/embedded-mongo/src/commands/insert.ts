import { encode } from '../bson/encode.ts';
import { count } from '../bson/numbers.ts';
import type { Doc } from '../bson/values.ts';
import type { Collection } from '../store/collection.ts';
import { withIdFirst } from '../update/parse.ts';
import { Raw } from './request.ts';
import type { Request } from './request.ts';
import { checkValid } from './validation.ts';
import { refuseView } from './views.ts';
import { runWrites, whenWritten, writeInTurns, writeReply } from './write-results.ts';

/** The document as it is stored: `_id` first, made when missing. */
function stored(raw: Raw): Raw {
  const document = withIdFirst(raw.document);
  return document === raw.document ? raw : new Raw(encode(document), document);
}

export function insert(request: Request): Doc | Promise<Doc> {
  const name = request.collection;
  const documents = request.rawDocuments('documents');
  const { store } = request.engine;
  const bypass = request.boolean('bypassDocumentValidation', false);
  refuseView(store.catalog.find(request.database, name));
  let inserted = 0;
  let collection: Collection | undefined;
  const work = runWrites(request, documents, (raw) => {
    if (!collection || collection.dropped) collection = store.catalog.ensure(request.database, name);
    const one = stored(raw);
    if (!bypass) checkValid(collection, one.document);
    collection.insert(one.document, one.bytes);
    inserted++;
    return undefined;
  });
  return whenWritten(writeInTurns(store, work), (errors) => writeReply([['n', count(inserted)]], errors));
}
