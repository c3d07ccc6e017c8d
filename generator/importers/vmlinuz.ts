import { decompress } from './image/decompress.ts';
import { ImageError } from './image/image-error.ts';
import { btfInImage, isRawImage } from './image/raw-image.ts';
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
/** Where an image that unpacks itself has its fields, in bytes. */
const ZBOOT = { magic: 4, payloadOffset: 8, payloadLength: 12, end: 64 } as const;
/** "MZ" */
const DOS_MAGIC = 0x5a4d;
/** "zimg" */
const ZBOOT_MAGIC = 0x676d697a;
/** The build appends the unpacked size to what is compressed, except to gzip, which has it anyway. */
const SIZE_BYTES = 4;

/**
 * The ELF file in what distributions ship: a vmlinuz for x86 (bzImage), a compressed module (`.ko.xz`, `.ko.zst`,
 * `.ko.gz`), or an ELF file as it is. gzip, xz, zstd and lz4 are unpacked.
 *
 * Images of machines whose vmlinuz holds no ELF file (arm64) have no symbols and sections: see unpackBtf().
 *
 * @throws ImageError
 */
export async function unpackKernel(bytes: Uint8Array): Promise<Uint8Array> {
  const elf = await unpack(bytes);
  if (!isElf(elf)) throw new ImageError('unsupported', 'what it holds is no ELF file');
  return elf;
}

/**
 * As unpackKernel(); of an image that holds no ELF file its BTF alone, raw.
 *
 * @throws ImageError
 */
export async function unpackBtf(bytes: Uint8Array): Promise<Uint8Array> {
  const kernel = await unpack(bytes);
  if (isElf(kernel)) return kernel;
  const btf = isRawImage(kernel) ? btfInImage(kernel) : undefined;
  if (btf === undefined) throw new ImageError('unsupported', 'what it holds is no ELF file, and no image with BTF');
  return btf;
}

async function unpack(bytes: Uint8Array): Promise<Uint8Array> {
  if (isElf(bytes)) return bytes;
  const payload = findPayload(bytes) ?? findZbootPayload(bytes);
  if (payload !== undefined) return decompress(payload.bytes, payload.size);
  return isRawImage(bytes) ? bytes : decompress(bytes, undefined);
}

interface Payload {
  readonly bytes: Uint8Array;
  /** How much it unpacks to. */
  readonly size: number;
}

/** An image that the firmware starts and that unpacks itself (drivers/firmware/efi/libstub/zboot-header.S). */
function findZbootPayload(bytes: Uint8Array): Payload | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (
    bytes.length < ZBOOT.end ||
    view.getUint16(0, true) !== DOS_MAGIC ||
    view.getUint32(ZBOOT.magic, true) !== ZBOOT_MAGIC
  ) {
    return undefined;
  }
  return payloadAt(bytes, view.getUint32(ZBOOT.payloadOffset, true), view.getUint32(ZBOOT.payloadLength, true));
}

function payloadAt(bytes: Uint8Array, start: number, length: number): Payload {
  if (length < SIZE_BYTES || start + length > bytes.length) {
    throw new ImageError('corrupt', `its payload, ${String(length)} bytes at ${String(start)}, is not all there`);
  }
  const payload = bytes.subarray(start, start + length);
  const size = new DataView(bytes.buffer, bytes.byteOffset + start + length - SIZE_BYTES).getUint32(0, true);
  return { bytes: payload, size };
}

/** The payload of a bzImage. */
function findPayload(bytes: Uint8Array): Payload | undefined {
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
  return payloadAt(bytes, start, view.getUint32(BOOT.payloadLength, true));
}
