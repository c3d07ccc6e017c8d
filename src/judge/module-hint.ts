import { setEntries } from '../tables/set-entries.ts';
import type { Program } from '../program/program.ts';
import type { Judged } from '../verifier/report/program-result.ts';
import type { Judge } from './judge.ts';

/** A kfunc that is not found may be in a module that was not given: then that is the help. */
export function withModuleHint(judged: Judged, program: Program, { table, given, version }: Judge): Judged {
  const name = judged.insn === undefined ? undefined : program.kfuncCalls.get(judged.insn)?.name;
  if (judged.rule !== 'kfunc/not-found' || name === undefined) return judged;
  const owners = table.sets
    .filter((set) => [...setEntries(set)].some(([kfunc]) => kfunc === name))
    .map(({ owner }) => owner);
  const module = owners.find((owner) => owner !== 'vmlinux' && !given.modules.has(owner));
  if (module !== undefined) {
    const suggestion = `in ${version} it is in the module ${module}: give its BTF by --module-btf, as ${module}.ko of the kernel's package or /sys/kernel/btf/${module} where it is loaded`;
    return { ...judged, suggestion };
  }
  if (owners.length > 0)
    return {
      ...judged,
      suggestion: `this ${version} was built without it; \`kfuncs show ${name}\` says what it depends on`,
    };
  return { ...judged, suggestion: `\`kfuncs show ${name}\` says which kernels have it` };
}
