/** What can stop the engine itself, as opposed to one command. */
export type EngineErrorCode =
  | 'EMBEDDED_MONGO_LOCKED'
  | 'EMBEDDED_MONGO_NETWORK_FILE_SYSTEM'
  | 'EMBEDDED_MONGO_FORMAT'
  | 'EMBEDDED_MONGO_CORRUPT'
  | 'EMBEDDED_MONGO_ADDRESS'
  | 'EMBEDDED_MONGO_DIED'
  | 'EMBEDDED_MONGO_FAILED';

/** A failure of the engine as a whole, with a code. */
export class EngineError extends Error {
  override readonly name: string = 'EngineError';
  readonly code: EngineErrorCode;
  /** The process that holds the lock, for EMBEDDED_MONGO_LOCKED. */
  readonly pid: number | undefined;

  constructor(code: EngineErrorCode, message: string, options: { cause?: unknown; pid?: number | undefined } = {}) {
    super(message, { cause: options.cause });
    this.code = code;
    this.pid = options.pid;
  }
}
