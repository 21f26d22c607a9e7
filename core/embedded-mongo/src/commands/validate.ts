import { decode } from '../bson/decode.ts';
import { count } from '../bson/numbers.ts';
import { int } from '../bson/values.ts';
import type { Doc, Value } from '../bson/values.ts';
import { PAUSE, nextTurn } from '../pause.ts';
import { scanRows } from '../plan/scan.ts';
import type { Collection } from '../store/collection.ts';
import { existing } from './indexes.ts';
import { ok } from './replies.ts';
import type { Request } from './request.ts';
import { refuseView } from './views.ts';

interface Findings {
  documents: number;
  readonly errors: string[];
  /** Entries that the documents ask for, by index. */
  readonly wanted: Map<string, number>;
}

function checkRow(collection: Collection, row: number, bytes: Buffer, findings: Findings): void {
  const document = decode(bytes);
  findings.documents++;
  for (const index of collection.indexes) {
    const { keys } = index.spec.entriesOf(document);
    findings.wanted.set(
      index.spec.name,
      (findings.wanted.get(index.spec.name) ?? 0) + new Set(keys.map((key) => key.toString('latin1'))).size,
    );
    if (!keys.every((key) => index.has(key, row)))
      findings.errors.push(`index ${index.spec.name} misses an entry of row ${row}`);
  }
}

/** Reads every document, and asks every index for the entries that it should have. */
export async function validate(request: Request): Promise<Doc> {
  const collection = existing(request);
  refuseView(collection);
  const findings: Findings = { documents: 0, errors: [], wanted: new Map() };
  const counts = { keys: 0, documents: 0 };
  for (const row of scanRows(collection, { kind: 'collection', backward: false, ordered: true }, counts)) {
    if (row !== PAUSE) checkRow(collection, row.row, row.bytes, findings);
    else {
      request.operation.check();
      await nextTurn();
    }
  }
  const keys: Doc = new Map<string, Value>([['_id_', count(findings.documents)]]);
  for (const index of collection.indexes) {
    const { name } = index.spec;
    keys.set(name, count(index.size()));
    if (index.size() !== (findings.wanted.get(name) ?? 0))
      findings.errors.push(`index ${name} has entries of no document`);
  }
  return ok([
    ['ns', collection.namespace],
    ['nInvalidDocuments', int(0)],
    ['nrecords', count(findings.documents)],
    ['nIndexes', int(collection.indexes.length + 1)],
    ['keysPerIndex', keys],
    ['valid', findings.errors.length === 0],
    ['repaired', false],
    ['warnings', []],
    ['errors', findings.errors],
    ['extraIndexEntries', []],
    ['missingIndexEntries', []],
    ['corruptRecords', []],
  ]);
}
