import assert from 'node:assert/strict';
import { MongoServerError } from 'mongodb';

/** For assert.rejects: the server refused with this code. */
export function refusedWith(code: number): (error: unknown) => boolean {
  return (error) => {
    assert.ok(error instanceof MongoServerError, String(error));
    assert.equal(error.code, code, error.message);
    return true;
  };
}
