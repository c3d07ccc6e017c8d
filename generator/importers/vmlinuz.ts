import { decompress } from './image/decompress.ts';
import { ImageError } from './image/image-error.ts';
import { isElf } from '../../src/elf/open-elf.ts';

/** Where the boot protocol has its fields (Documentation/arch/x86/boot.rst), in bytes. */
const BOOT = {
  setupSectors: 0x1f1,
  magic: 0x202,
  version: 0x206,
  payloadOffset: 0x248,
  payloadLength: 0x24c,
  end: 0x250,
} as const;
/** "HdrS" */
const BOOT_MAGIC = 0x53726448;
const PAYLOAD_VERSION = 0x208;
const SECTOR_BYTES = 512;
/** The setup sectors of images that say 0. */
const OLD_SETUP_SECTORS = 4;
/** The build appends the unpacked size to what is compressed, except to gzip, which has it anyway. */
const SIZE_BYTES = 4;

/**
 * The ELF file in what distributions ship: a vmlinuz for x86 (bzImage), a compressed module (`.ko.xz`, `.ko.zst`,
 * `.ko.gz`), or an ELF file as it is. gzip, xz, zstd and lz4 are unpacked.
 *
 * Images of machines whose vmlinuz holds no ELF file (arm64) are not supported.
 *
 * @throws ImageError
 */
export async function unpackKernel(bytes: Uint8Array): Promise<Uint8Array> {
  if (isElf(bytes)) return bytes;
  const payload = findPayload(bytes);
  const elf = await (payload === undefined ? decompress(bytes, undefined) : decompress(payload.bytes, payload.size));
  if (!isElf(elf)) throw new ImageError('unsupported', 'what it holds is no ELF file');
  return elf;
}

function findPayload(bytes: Uint8Array): { readonly bytes: Uint8Array; readonly size: number } | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < BOOT.end || view.getUint32(BOOT.magic, true) !== BOOT_MAGIC) return undefined;
  const version = view.getUint16(BOOT.version, true);
  if (version < PAYLOAD_VERSION) {
    throw new ImageError(
      'unsupported',
      `boot protocol 0x${version.toString(16)}, which does not say where the kernel is`,
    );
  }
  const setup = view.getUint8(BOOT.setupSectors);
  const start =
    ((setup === 0 ? OLD_SETUP_SECTORS : setup) + 1) * SECTOR_BYTES + view.getUint32(BOOT.payloadOffset, true);
  const length = view.getUint32(BOOT.payloadLength, true);
  if (length < SIZE_BYTES || start + length > bytes.length) {
    throw new ImageError('corrupt', `its payload, ${String(length)} bytes at ${String(start)}, is not all there`);
  }
  const payload = bytes.subarray(start, start + length);
  return { bytes: payload, size: view.getUint32(start + length - SIZE_BYTES, true) };
}
