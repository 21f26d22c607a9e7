/** Every code with which a download can fail; the same words in the API, the docs and the UI. */
export const FAILURE_CODES = [
  'MF_ERR_LOGIN_REQUIRED',
  'MF_ERR_PRIVATE',
  'MF_ERR_NOT_FOUND',
  'MF_ERR_GEO_BLOCKED',
  'MF_ERR_RATE_LIMITED',
  'MF_ERR_NO_MEDIA',
  'MF_ERR_UNSUPPORTED',
  'MF_ERR_NETWORK',
  'MF_ERR_DISK_FULL',
  'MF_ERR_DISK_READ_ONLY',
  'MF_ERR_QUOTA',
  'MF_ERR_MOUNT_MISSING',
  'MF_ERR_CHALLENGE',
  'MF_ERR_URL_NOT_A_SHORT',
  'MF_ERR_TOOL_MISSING',
  'MF_ERR_TOOL_OUTDATED',
  'MF_ERR_PLUGIN',
  'MF_ERR_TIMEOUT',
  'MF_ERR_TOO_LARGE',
  'MF_ERR_CORRUPT',
  'MF_ERR_INTERNAL',
] as const;

export type FailureCode = (typeof FAILURE_CODES)[number];
