import { gzipSync } from 'node:zlib';
import { concat } from './jobs.ts';

/** A file of the first file system. */
export interface InitFile {
  readonly name: string;
  readonly mode: number;
  readonly bytes: Uint8Array;
}

const FILE = 0o100000;
const CHARACTER_DEVICE = 0o020000;

/** An archive as the kernel unpacks it (Documentation/driver-api/early-userspace/buffer-format.rst), compressed. */
export function initramfs(files: readonly InitFile[]): Uint8Array {
  const entries = [
    directory('dev'),
    // For kernels without devtmpfs.
    device('dev/console', 5, 1),
    device('dev/ttyS1', 4, 65),
    ...files.map(({ name, mode, bytes }) => entry(name, FILE | mode, bytes)),
    entry('TRAILER!!!', 0, new Uint8Array()),
  ];
  return gzipSync(concat(entries), { level: 1 });
}

function directory(name: string): Uint8Array {
  return entry(name, 0o040755, new Uint8Array());
}

function device(name: string, major: number, minor: number): Uint8Array {
  return entry(name, CHARACTER_DEVICE | 0o600, new Uint8Array(), [major, minor]);
}

function entry(
  name: string,
  mode: number,
  bytes: Uint8Array,
  [major, minor]: readonly [number, number] = [0, 0],
): Uint8Array {
  const [ino, uid, gid, links, time, check] = [0, 0, 0, 1, 0, 0];
  const size = bytes.length;
  const fields = [ino, mode, uid, gid, links, time, size, 0, 0, major, minor, name.length + 1, check];
  const header = `070701${fields.map((field) => field.toString(16).padStart(8, '0')).join('')}${name}\0`;
  return concat([padded(Buffer.from(header, 'latin1')), padded(bytes)]);
}

function padded(bytes: Uint8Array): Uint8Array {
  return concat([bytes, new Uint8Array(-bytes.length & 3)]);
}
