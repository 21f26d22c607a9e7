/** MongoDB's error codes that this engine answers with, by name. */
export const ErrorCode = {
  InternalError: 1,
  BadValue: 2,
  UnknownError: 8,
  FailedToParse: 9,
  Unauthorized: 13,
  TypeMismatch: 14,
  Overflow: 15,
  InvalidLength: 16,
  ProtocolError: 17,
  IllegalOperation: 20,
  NamespaceNotFound: 26,
  IndexNotFound: 27,
  PathNotViable: 28,
  NonExistentPath: 29,
  ConflictingUpdateOperators: 40,
  CursorNotFound: 43,
  NamespaceExists: 48,
  MaxTimeMSExpired: 50,
  DollarPrefixedFieldName: 52,
  InvalidIdField: 53,
  NotSingleValueField: 54,
  EmptyFieldName: 56,
  CommandNotFound: 59,
  ImmutableField: 66,
  CannotCreateIndex: 67,
  InvalidOptions: 72,
  InvalidNamespace: 73,
  IndexOptionsConflict: 85,
  IndexKeySpecsConflict: 86,
  UnsatisfiableWriteConcern: 100,
  OperationFailed: 96,
  InvalidBson: 22,
  CommandNotSupported: 115,
  DocumentValidationFailure: 121,
  InvalidPipelineOperator: 168,
  CannotIndexParallelArrays: 171,
  QueryPlanKilled: 175,
  ConversionFailure: 241,
  QueryExceededMemoryLimitNoDiskUseAllowed: 292,
  BSONObjectTooLarge: 10334,
  DuplicateKey: 11000,
  InterruptedAtShutdown: 11600,
  OutOfDiskSpace: 14031,
  UpdateTooLarge: 17419,
  PathCollision: 31249,
  MixedProjection: 31254,
  UnknownStage: 40324,
  MissingField: 40414,
  UnknownField: 40415,
} as const;

const names = new Map<number, string>(Object.entries(ErrorCode).map(([name, code]) => [code, name]));

/** One field of an error's extra data: a BSON value, which the wire layer encodes. */
export type ErrorExtra = ReadonlyMap<string, unknown>;

/** An error in MongoDB's own words: what a client reads as `code`, `codeName` and `errmsg`. */
export class MongoError extends Error {
  override readonly name: string = 'MongoError';
  readonly code: number;
  readonly codeName: string;
  readonly extra: ErrorExtra;

  constructor(code: number, message: string, extra: ErrorExtra = new Map()) {
    super(message);
    this.code = code;
    this.codeName = names.get(code) ?? `Location${code}`;
    this.extra = extra;
  }
}

/** Makes a MongoError by the name of its code. */
export function mongoError(name: keyof typeof ErrorCode, message: string, extra?: ErrorExtra): MongoError {
  return new MongoError(ErrorCode[name], message, extra);
}
