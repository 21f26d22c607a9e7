import { statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { EngineError } from '../engine-error.ts';

const networkFileSystems: ReadonlyMap<number, string> = new Map([
  [0x6969, 'NFS'],
  [0x517b, 'SMB'],
  [0xff534d42, 'CIFS'],
  [0xfe534d42, 'SMB2'],
  [0x564c, 'NCP'],
  [0x5346414f, 'AFS'],
  [0x01021997, '9P'],
  [0x00c36400, 'Ceph'],
]);

/**
 * Locks and memory maps of network file systems cannot be relied on.
 * @throws EngineError EMBEDDED_MONGO_NETWORK_FILE_SYSTEM
 */
export function refuseNetwork(file: string): void {
  const type = statfsSync(dirname(file)).type >>> 0;
  const name = networkFileSystems.get(type);
  if (name) {
    throw new EngineError(
      'EMBEDDED_MONGO_NETWORK_FILE_SYSTEM',
      `${file} lies on a ${name} file system, where a database gets corrupted. Use a local disk.`,
    );
  }
}
