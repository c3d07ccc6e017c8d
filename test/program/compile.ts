import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The C compilers for BPF that are installed, by name; clang first. */
export const CLANGS = ['clang', ...Array.from({ length: 12 }, (_, index) => `clang-${String(index + 12)}`)].filter(
  (name) => spawnSync(name, ['--version']).status === 0,
);

export interface CompileOptions {
  readonly clang?: string | undefined;
  readonly args?: readonly string[] | undefined;
}

/** Compiles a C file to a BPF object. @throws Error with what the compiler says */
export function compileFile(path: string, { clang = 'clang', args = [] }: CompileOptions = {}): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), 'bpf-'));
  const output = join(folder, 'object.o');
  try {
    const all = ['-target', 'bpf', '-g', '-O2', ...args, '-c', path, '-o', output];
    const { status, stderr } = spawnSync(clang, all, { encoding: 'utf8' });
    if (status !== 0) throw new Error(`${clang} ${all.join(' ')}\n${stderr}`);
    return new Uint8Array(readFileSync(output));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Compiles C to a BPF object; `bpf.h` of libbpf/c can be included. @throws Error with what the compiler says */
export function compile(source: string, { clang, args = [] }: CompileOptions = {}): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), 'bpf-'));
  const path = join(folder, 'source.bpf.c');
  try {
    writeFileSync(path, source);
    return compileFile(path, { clang, args: ['-I', join(import.meta.dirname, 'libbpf/c'), ...args] });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
