import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const LIBRARY = '/usr/lib/x86_64-linux-gnu/libbpf.a';
const SOURCE = join(import.meta.dirname, 'print-load.c');
const WRAPPED = ['syscall', 'fopen64', 'faccessat', 'uname'].map((name) => `--wrap=${name}`).join(',');

/** What libbpf asked of the kernel when it loaded an object, after it had found out what the kernel can do. */
export interface LibbpfLoad {
  readonly status: number;
  readonly warnings: string;
  readonly btf: Uint8Array | undefined;
  readonly maps: readonly LibbpfMap[];
  readonly programs: readonly LibbpfProgram[];
  /** The fds of maps that were frozen. */
  readonly frozen: readonly number[];
}

export interface LibbpfMap {
  readonly map: string;
  readonly fd: number;
  readonly type: number;
  readonly key_size: number;
  readonly value_size: number;
  readonly max_entries: number;
  readonly flags: number;
  readonly key: number;
  readonly value: number;
  readonly inner: number;
}

export interface LibbpfProgram {
  readonly prog: string;
  readonly type: number;
  readonly attach: number;
  readonly attach_id: number;
  readonly flags: number;
  readonly license: string;
  readonly insns: string;
  readonly func_info: string;
  readonly line_info: string;
}

/** Whether libbpf can be asked here; or why not. */
export function libbpfMissing(): string | undefined {
  if (!existsSync(LIBRARY)) return 'needs libbpf-dev';
  return spawnSync('gcc', ['--version']).status === 0 ? undefined : 'needs gcc';
}

/** Loads an object with libbpf for a kernel that is not there. @param btfFile raw BTF of its vmlinux */
export function loadWithLibbpf(
  object: Uint8Array,
  { btfFile, release, kconfig = '' }: { readonly btfFile: string; readonly release: string; readonly kconfig?: string },
): LibbpfLoad {
  const folder = mkdtempSync(join(tmpdir(), 'libbpf-'));
  try {
    const tool = join(folder, 'print-load');
    const built = spawnSync('gcc', ['-O1', '-o', tool, SOURCE, `-Wl,${WRAPPED}`, LIBRARY, '-lelf', '-lz'], {
      encoding: 'utf8',
    });
    if (built.status !== 0) throw new Error(built.stderr);
    const file = join(folder, 'object.o');
    writeFileSync(file, object);
    const { stdout, stderr } = spawnSync(tool, [file, btfFile, release, kconfig], {
      encoding: 'utf8',
      maxBuffer: 1024 ** 3,
    });
    return parse(stdout, stderr);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function parse(stdout: string, warnings: string): LibbpfLoad {
  const lines = stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);
  const own = (name: unknown): boolean => typeof name === 'string' && name !== '' && !name.startsWith('libbpf_');
  const maps = lines.filter((line) => own(line['map'])) as unknown as readonly LibbpfMap[];
  const programs = lines.filter((line) => own(line['prog'])) as unknown as readonly LibbpfProgram[];
  const btf = lines
    .filter((line) => 'btf' in line)
    .map(({ bytes }) => Uint8Array.from(Buffer.from(String(bytes), 'hex')));
  return {
    status: Number(lines.at(-1)?.['end'] ?? -1),
    warnings,
    // Small ones are written to find out what the kernel can do.
    btf: btf.toSorted((a, b) => b.length - a.length)[0],
    maps,
    programs,
    frozen: lines.filter((line) => 'freeze' in line).map(({ freeze }) => Number(freeze)),
  };
}
