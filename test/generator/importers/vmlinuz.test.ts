import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { realKernel } from '../../btf/real-kernel.ts';
import { missingTools } from '../../c/toolchain.ts';
import { isImageError, MAX_IMAGE_BYTES, type ImageErrorCode } from '../../../generator/importers/image/image-error.ts';
import { unpackBtf, unpackKernel } from '../../../generator/importers/vmlinuz.ts';
import { isElf, openElf } from '../../../src/elf/open-elf.ts';
import { writeBtf } from '../../../src/btf/write-btf.ts';
import { writeElf } from '../../../src/elf/write-elf.ts';

/** An ELF file with what the filter for x86 code looks for: calls and jumps, near each other and far. */
const ELF_FILE = writeElf({
  bits: 64,
  littleEndian: true,
  type: 2,
  machine: 62,
  sections: [{ name: '.text', data: code(200_000) }],
});
const MAX_OUTPUT = 1024 ** 2;
const SETUP_BYTES = 5 * 512;

/** The ways in which files are compressed: as the kernel build calls the tools, and as others may. */
const COMPRESSED: readonly (readonly [string, string, readonly string[]])[] = [
  ['gzip', 'gzip', ['-n', '-9']],
  ['xz', 'xz', ['--check=crc32', '--x86', '--lzma2=dict=1MiB']],
  ['xz without filter', 'xz', ['--check=crc32', '--lzma2=dict=1MiB']],
  ['xz in several blocks', 'xz', ['--check=crc64', '--block-size=65536', '--x86', '--lzma2=dict=1MiB']],
  ['xz with another check', 'xz', ['--check=sha256']],
  ['zstd', 'zstd', ['-q', '-19', `--stream-size=${String(ELF_FILE.length)}`]],
];

function code(length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let at = 0, state = 1; at < length; at++) {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    const random = state >>> 16;
    bytes[at] = [0xe8, 0xe9, 0x00, 0xff, random & 0xff][random % 5] ?? 0;
  }
  return bytes;
}

function compress(tool: string, args: readonly string[]): Uint8Array {
  const { stdout, stderr, status } = spawnSync(tool, [...args, '-c'], { input: ELF_FILE, maxBuffer: MAX_OUTPUT });
  if (status !== 0) throw new Error(String(stderr));
  return new Uint8Array(stdout);
}

/** A literal run is all that lz4 needs to hold a file. */
function lz4(bytes: Uint8Array): Uint8Array {
  const length = bytes.length - 15;
  const block = Uint8Array.from([0xf0, ...new Uint8Array(Math.floor(length / 255)).fill(255), length % 255, ...bytes]);
  return Uint8Array.from([0x02, 0x21, 0x4c, 0x18, ...uint(block.length), ...block]);
}

function uint(value: number): readonly number[] {
  return [value & 255, (value >> 8) & 255, (value >> 16) & 255, value >>> 24];
}

/** A vmlinuz for x86 around a payload. */
function image(payload: Uint8Array, version = 0x20f): Uint8Array {
  const bytes = new Uint8Array(SETUP_BYTES + payload.length);
  bytes[0x1f1] = 4;
  bytes.set([0x48, 0x64, 0x72, 0x53, version & 255, version >> 8], 0x202);
  bytes.set([...uint(0), ...uint(payload.length)], 0x248);
  bytes.set(payload, SETUP_BYTES);
  return bytes;
}

function withSize(bytes: Uint8Array, size = ELF_FILE.length): Uint8Array {
  return Uint8Array.from([...bytes, ...uint(size)]);
}

async function codeOf(bytes: Uint8Array): Promise<ImageErrorCode> {
  try {
    await unpackKernel(bytes);
  } catch (error) {
    if (isImageError(error)) return error.code;
    throw error;
  }
  throw new Error('it was unpacked');
}

describe('an ELF file comes out', () => {
  it('of itself', async () => {
    expect(await unpackKernel(ELF_FILE)).toBe(ELF_FILE);
  });

  it.for(COMPRESSED)('of a module packed with %s', async ([, tool, args], { skip }) => {
    const missing = missingTools(tool);
    skip(missing !== undefined, missing);
    expect(Buffer.from(await unpackKernel(compress(tool, args))).equals(ELF_FILE)).toBe(true);
  });

  it.for(COMPRESSED)('of a kernel packed with %s', async ([name, tool, args], { skip }) => {
    const missing = missingTools(tool);
    skip(missing !== undefined, missing);
    const payload = compress(tool, args);
    const bytes = image(name === 'gzip' ? payload : withSize(payload));
    expect(Buffer.from(await unpackKernel(bytes)).equals(ELF_FILE)).toBe(true);
  });

  it('of a kernel packed with lz4', async () => {
    expect(Buffer.from(await unpackKernel(image(withSize(lz4(ELF_FILE))))).equals(ELF_FILE)).toBe(true);
  });

  it("of a distribution's vmlinuz", async ({ skip }) => {
    const kernel = await realKernel();
    if (typeof kernel === 'string') return skip(kernel);
    const bytes = await unpackKernel(new Uint8Array(readFileSync(kernel.vmlinuz)));
    expect(isElf(bytes)).toBe(true);
    expect(openElf(bytes).sections.length).toBeGreaterThan(20);
  });
});

describe('an error says why not', () => {
  const packed = new Uint8Array(gzipSync(ELF_FILE));

  it.each<[string, Uint8Array, ImageErrorCode]>([
    ['nothing', new Uint8Array(), 'unsupported'],
    ['another file', Uint8Array.of(1, 2, 3, 4), 'unsupported'],
    ['no ELF file in it', new Uint8Array(gzipSync(Uint8Array.of(1, 2, 3))), 'unsupported'],
    ['a boot protocol that is too old', image(packed, 0x207), 'unsupported'],
    ['lz4 without a size', lz4(ELF_FILE), 'unsupported'],
    ['a kernel that is cut short', image(packed).subarray(0, -100), 'corrupt'],
    ['gzip that is cut short', packed.subarray(0, -100), 'corrupt'],
    ['lz4 of another size', image(withSize(lz4(ELF_FILE), 100)), 'corrupt'],
    ['lz4 that is cut short', image(withSize(lz4(ELF_FILE).subarray(0, -100))), 'corrupt'],
    ['more than is unpacked', image(withSize(lz4(ELF_FILE), MAX_IMAGE_BYTES + 1)), 'too-big'],
  ])('%s', async (_, bytes, code) => {
    expect(await codeOf(bytes)).toBe(code);
  });

  it.for(COMPRESSED)('a byte changed in %s', async ([, tool, args], { skip }) => {
    const missing = missingTools(tool);
    skip(missing !== undefined, missing);
    const bytes = compress(tool, args);
    for (const at of [20, Math.floor(bytes.length / 2), bytes.length - 5]) {
      const changed = bytes.slice();
      changed[at] = (changed[at] ?? 0) ^ 0xff;
      const result = await unpackKernel(changed).catch((error: unknown) => error);
      // Not every check is verified, and zstd leaves its own out: what comes out is an ELF file or an error of ours.
      expect(isImageError(result) || (result instanceof Uint8Array && isElf(result)), String(at)).toBe(true);
    }
  });
});

describe('an image that holds no ELF file', () => {
  const btf = writeBtf([{ kind: 'int', name: 'int', size: 4, bits: 32, bitOffset: 0, encoding: 'signed' }]);
  const magic = (machine: 'arm64' | 'riscv'): readonly number[] =>
    machine === 'arm64' ? [0x41, 0x52, 0x4d, 0x64] : [0x52, 0x53, 0x43, 0x05];
  /** Code, what only looks like BTF, and BTF where it happens to stand. */
  const image = (machine: 'arm64' | 'riscv', held: Uint8Array): Uint8Array => {
    const bytes = new Uint8Array(4096 + held.length + 100);
    bytes.set(magic(machine), 0x38);
    bytes.set([0x9f, 0xeb, 1, 0, 24, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0x7f], 0x100);
    bytes.set([0x9f, 0xeb, 1, 0], bytes.length - 4);
    bytes.set(held, 4001);
    return bytes;
  };
  /** gzip ends with the size of what it holds. */
  const zboot = (packed: Uint8Array): Uint8Array => {
    const head = new Uint8Array(64);
    head.set([0x4d, 0x5a, 0, 0, 0x7a, 0x69, 0x6d, 0x67, ...uint(64), ...uint(packed.length)]);
    return Uint8Array.from([...head, ...packed, 1, 2, 3]);
  };

  it.each([
    ['of arm64', image('arm64', btf)],
    ['of riscv', image('riscv', btf)],
    ['compressed', new Uint8Array(gzipSync(image('arm64', btf)))],
    ['that unpacks itself', zboot(gzipSync(image('arm64', btf)))],
  ])('%s has its BTF', async (_, bytes) => {
    expect([...(await unpackBtf(bytes))]).toEqual([...btf]);
    await expect(unpackKernel(bytes)).rejects.toThrow('what it holds is no ELF file');
  });

  it.each([
    ['no BTF', image('arm64', new Uint8Array(8)), 'unsupported'],
    ['less than it says', zboot(new Uint8Array(100)).subarray(0, 120), 'corrupt'],
  ])('and has %s is refused', async (_, bytes, code) => {
    await expect(unpackBtf(bytes)).rejects.toThrow(expect.objectContaining({ code }));
  });
});
