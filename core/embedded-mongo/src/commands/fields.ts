import { mongoError } from '../errors.ts';
import type { Doc } from '../bson/values.ts';

/** What every command may carry beside its own fields. */
const generic = new Set([
  '$db',
  'lsid',
  '$readPreference',
  '$clusterTime',
  'apiVersion',
  'apiStrict',
  'apiDeprecationErrors',
  'maxTimeMS',
  'maxTimeMSOpOnly',
  'readConcern',
  'writeConcern',
  'comment',
  'operationTime',
  'txnNumber',
  'autocommit',
  'startTransaction',
  'stmtId',
  'clientOperationKey',
  '$client',
  '$configServerState',
  '$audit',
]);

const own: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries({
    insert: 'documents ordered bypassDocumentValidation stmtIds',
    update: 'updates ordered bypassDocumentValidation let stmtIds',
    delete: 'deletes ordered let stmtIds',
    find:
      'filter sort projection hint skip limit batchSize singleBatch max min returnKey showRecordId tailable ' +
      'oplogReplay noCursorTimeout awaitData allowPartialResults collation allowDiskUse let ntoreturn readOnce',
    findAndModify:
      'query sort remove update new fields upsert bypassDocumentValidation collation arrayFilters hint let stmtIds',
    findandmodify:
      'query sort remove update new fields upsert bypassDocumentValidation collation arrayFilters hint let stmtIds',
    getMore: 'collection batchSize term lastKnownCommittedOpTime',
    killCursors: 'cursors',
    aggregate: 'pipeline explain allowDiskUse cursor bypassDocumentValidation collation hint let',
    explain: 'verbosity',
    count: 'query limit skip hint collation fields queryMetadata',
    distinct: 'key query collation hint',
    create:
      'capped autoIndexId idIndex size max storageEngine validator validationLevel validationAction ' +
      'indexOptionDefaults viewOn pipeline collation timeseries clusteredIndex expireAfterSeconds encryptedFields ' +
      'changeStreamPreAndPostImages flags temp',
    drop: '',
    dropDatabase: '',
    renameCollection: 'to dropTarget stayTemp',
    listCollections: 'cursor filter nameOnly authorizedCollections',
    listDatabases: 'filter nameOnly authorizedDatabases',
    createIndexes: 'indexes ignoreUnknownIndexOptions commitQuorum',
    listIndexes: 'cursor includeBuildUUIDs includeIndexBuildInfo',
    dropIndexes: 'index',
    deleteIndexes: 'index',
    collMod:
      'index validator validationLevel validationAction viewOn pipeline expireAfterSeconds timeseries cappedSize ' +
      'cappedMax changeStreamPreAndPostImages dryRun',
    collStats: 'scale',
    dbStats: 'scale freeStorage',
    endSessions: '',
    refreshSessions: '',
    killSessions: '',
  }).map(([name, fields]) => [name, new Set(fields.split(' '))]),
);

/**
 * Refuses a field that the command does not have; a null counts as missing and is no error.
 * @throws MongoError 40415
 */
export function checkFields(name: string, body: Doc): void {
  const fields = own.get(name);
  if (!fields) return;
  for (const field of body.keys()) {
    if (field !== name && !fields.has(field) && !generic.has(field))
      throw mongoError('UnknownField', `BSON field '${name}.${field}' is an unknown field.`);
  }
}
