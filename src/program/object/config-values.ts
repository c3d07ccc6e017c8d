import { encodeString } from '../../elf/elf-strings.ts';
import type { Extern, ExternConfig } from './externs.ts';
import { ObjectError } from './object-error.ts';

/** The configuration of the kernel that a program is loaded for. */
export interface KernelConfigValues {
  /** `v6.1`, or with a patch level: `v6.1.192`. */
  readonly version: string;
  /** By name with CONFIG_, as a .config has it: `y`, `m`, `n`, a number, or a text in quotation marks. */
  readonly config: ReadonlyMap<string, string>;
}

const TRISTATE: Readonly<Record<string, bigint>> = { n: 0n, y: 1n, m: 2n };
/** What libbpf answers itself: whether the kernel can do something that all kernels from v5.15 on can. */
const ABILITIES: ReadonlySet<string> = new Set(['LINUX_HAS_BPF_COOKIE', 'LINUX_HAS_SYSCALL_WRAPPER']);

/**
 * The contents of the map `.kconfig`.
 *
 * @param size bytes of its value
 * @throws ObjectError `config-missing` if a value that is not weak is unknown, `bad-extern` if one does not fit
 */
export function configContents(externs: readonly Extern[], size: number, kernel: KernelConfigValues): Uint8Array {
  const bytes = new Uint8Array(size);
  for (const one of externs) {
    if (one.kind !== 'config') continue;
    const value = valueOf(one, kernel);
    if (value !== undefined) {
      write(bytes, one, value);
    } else if (!one.weak) {
      const message = `the program needs the value of ${one.name}, which is not known; declare it __weak, or give the kernel's configuration`;
      throw new ObjectError('config-missing', { name: one.name }, message);
    }
  }
  return bytes;
}

function valueOf({ name }: ExternConfig, { version, config }: KernelConfigValues): string | undefined {
  if (name === 'LINUX_KERNEL_VERSION') return String(versionCode(version));
  if (ABILITIES.has(name)) return 'y';
  return config.get(name);
}

/** KERNEL_VERSION() of include/generated/uapi/linux/version.h. */
function versionCode(version: string): number {
  const match = /^v?(\d+)\.(\d+)(?:\.(\d+))?/.exec(version);
  if (match === null) throw new RangeError(`${version} is no kernel version such as v6.1`);
  return Number(match[1]) * 0x10000 + Number(match[2]) * 0x100 + Math.min(255, Number(match[3] ?? 0));
}

/** set_kcfg_value_tri() and its like, tools/lib/bpf/libbpf.c. */
function write(bytes: Uint8Array, config: ExternConfig, text: string): void {
  const { type, size, offset } = config;
  if (type === 'text') {
    if (!/^".*"$/.test(text)) throw bad(config, text);
    bytes.set(encodeString(text.slice(1, -1)).subarray(0, size - 1), offset);
    return;
  }
  const word = TRISTATE[text];
  if (type === 'char' && word !== undefined) {
    bytes[offset] = text.charCodeAt(0);
    return;
  }
  const value = (type === 'bool' && text !== 'm') || type === 'tristate' ? word : numberOf(text);
  if (value === undefined || !fits(value, config)) throw bad(config, text);
  for (let index = 0; index < size; index++) bytes[offset + index] = Number((value >> BigInt(8 * index)) & 0xffn);
}

function numberOf(text: string): bigint | undefined {
  if (!/^-?(?:0[xX][0-9a-fA-F]+|\d+)$/.test(text)) return undefined;
  return text.startsWith('-') ? -BigInt(text.slice(1)) : BigInt(text);
}

function fits(value: bigint, { size, isSigned }: ExternConfig): boolean {
  const bits = 8 * size;
  return (isSigned ? BigInt.asIntN(bits, value) : BigInt.asUintN(bits, value)) === value;
}

function bad({ name, type }: ExternConfig, text: string): ObjectError {
  return new ObjectError('bad-extern', { name }, `the value ${text} does not fit a ${type}`);
}
