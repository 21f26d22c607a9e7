import { CodedError } from '../../errors.ts';

const JOB_ID = /^[0-9a-f]{24}$/;

/** Whether it can be the id of a download. */
export function isJobId(id: string): boolean {
  return JOB_ID.test(id);
}

/** What cannot be the id of a download is the id of none. @throws MF_ERR_UNKNOWN */
export function assertJobId(id: string): void {
  if (!isJobId(id)) throw noDownload();
}

/** The answer to an id that is nobody's, and to somebody else's. */
export function noDownload(): CodedError {
  return new CodedError('MF_ERR_UNKNOWN', 'There is no such download.');
}
