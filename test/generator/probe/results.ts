import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { ProbedKfunc, ProbeResult } from '../../../generated/types/probe-result.ts';
import { loadProfiles, loadRegistry } from '../../../generator/declarations/load.ts';
import type { Model } from '../../../generator/declarations/model.ts';
import { PACKAGE_ROOT } from '../../../generator/declarations/package-files.ts';

/**
 * Kernels that a probe ran in, under emulation: mainline 5.19, Debian's cloud kernels 6.1 and 6.12 with modules of
 * nf_conntrack, nf_nat and tun. `npm run test:kernel -- --only probe` asks such kernels anew.
 */
export const REAL = ['v5.19', 'v6.1', 'v6.12'] as const;

/** What the probe printed in a kernel. */
export function resultText(version: (typeof REAL)[number]): string {
  return gunzipSync(readFileSync(join(import.meta.dirname, 'fixtures', `${version}.json.gz`))).toString('utf8');
}

/** A copy of a result, to be changed. */
export function resultOf(version: (typeof REAL)[number]): ProbeResult {
  return JSON.parse(resultText(version)) as ProbeResult;
}

/** The registry that comes with the package. */
export function packageModel(): Model {
  return (model ??= loadRegistry([join(PACKAGE_ROOT, 'registry')], loadProfiles()).registry.model);
}

let model: Model | undefined;

/** The entry of a kfunc that the result has. */
export function kfuncIn({ kfuncs }: ProbeResult, name: string): ProbedKfunc {
  const found = kfuncs.find((kfunc) => kfunc.name === name);
  if (found === undefined) throw new Error(`the result has no ${name}`);
  return found;
}

/** Has the kernel answer otherwise, for all programs of some types or for some programs by name. */
export function answer(
  { programs }: ProbeResult,
  kfunc: ProbedKfunc,
  verdict: 'allowed' | 'refused' | 'unclear',
  asking: readonly string[],
): void {
  const names = programs
    .filter(({ name, prog_type: type, available }) => available && [type, name].some((each) => asking.includes(each)))
    .map(({ name }) => name);
  for (const each of kfunc.answers) each.programs = each.programs.filter((name) => !names.includes(name));
  kfunc.answers.push({ verdict, errno: -22, log: 'another answer', programs: names });
}
