import { openKernels } from '../../generator/btf-kernel/open-kernels.ts';
import { BTF_RULES } from '../../generator/btf-rules/index.ts';
import { judgedKernels } from '../../generator/btf-rules/judged-kernel.ts';
import { notesOf } from '../../generator/btf-rules/notes.ts';
import { runBtfRules } from '../../generator/btf-rules/run.ts';
import type { Registry } from '../../generator/declarations/registry.ts';
import type { Diagnostic } from '../../generator/diagnostics/diagnostic.ts';
import type { RuleInfo } from '../../generator/diagnostics/rule.ts';

/** Compares a registry with the BTF of kernels. */
export interface BtfJudge {
  readonly rules: readonly RuleInfo[];
  readonly judge: (registry: Registry) => readonly Diagnostic[];
  /** What was compared with what, and what was left out. */
  readonly notes: (registry: Registry) => readonly string[];
}

/** Opens the BTF files; loaded only where some are given, since most runs need no reader of BTF. */
export async function openBtfJudge(files: readonly string[]): Promise<BtfJudge> {
  const given = await openKernels(files);
  return {
    rules: BTF_RULES,
    judge: (registry) =>
      runBtfRules(
        judgedKernels(registry, given),
        registry.kernels.map(({ version }) => version),
      ),
    notes: (registry) => judgedKernels(registry, given).flatMap((judged) => notesOf(judged)),
  };
}
