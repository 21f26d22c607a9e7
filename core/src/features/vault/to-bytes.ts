/** Bytes of the database: lean() hands the driver's Binary through. */
export function toBytes(value: Buffer): Buffer {
  return Buffer.isBuffer(value) ? value : Buffer.from((value as { buffer: Uint8Array }).buffer);
}
