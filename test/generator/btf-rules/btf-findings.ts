import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { judgedKernels, type JudgedKernel } from '../../../generator/btf-rules/judged-kernel.ts';
import { runBtfRules } from '../../../generator/btf-rules/run.ts';
import { loadProfiles, loadRegistry, type LoadedRegistry } from '../../../generator/declarations/load.ts';
import { validateRegistry } from '../../../generator/rules/validate.ts';
import type { Diagnostic } from '../../../generator/diagnostics/diagnostic.ts';
import type { KernelBtf } from '../../../src/btf/resolver.ts';

const profiles = loadProfiles();

/** Reads one declaration as a registry of its own, for some kernels or for all. */
export function loadText(text: string, kernels: readonly string[] = []): LoadedRegistry {
  return loadFiles({ 'acme.yaml': text }, kernels);
}

/** The same of the declaration acme.yaml among other files. */
export function loadFiles(files: Readonly<Record<string, string>>, kernels: readonly string[] = []): LoadedRegistry {
  const folder = mkdtempSync(join(tmpdir(), 'kfuncs-btf-'));
  try {
    for (const [name, text] of Object.entries(files)) {
      writeFileSync(join(folder, name), text);
    }
    return loadRegistry([join(folder, 'acme.yaml')], profiles, kernels);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A kernel with the declarations that it is judged by. */
export function judgedBy(loaded: LoadedRegistry, btf: KernelBtf): readonly JudgedKernel[] {
  return judgedKernels(loaded.registry, [{ path: 'vmlinux', ...btf }]);
}

/** Every finding about a declaration and the BTF of a kernel. */
export function btfFindings(text: string, btf: KernelBtf, kernels?: readonly string[]): readonly Diagnostic[] {
  const loaded = loadText(text, kernels);
  const order = loaded.registry.kernels.map(({ version }) => version);
  return validateRegistry(loaded, runBtfRules(judgedBy(loaded, btf), order));
}
