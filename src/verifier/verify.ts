import type { Program } from '../program/program.ts';
import { isBtfError } from '../btf/btf-error.ts';
import { ERRNO } from './errno.ts';
import type { Kernel } from './kernel/kernel.ts';
import { isIn, versionNumber, type VersionNumber, type VersionRange } from './kernel/version.ts';
import { createMap, type BpfMap } from './maps/bpf-map.ts';
import { prepare } from './prepare/prepare.ts';
import { describeFinding, mapFinding } from './report/finding.ts';
import { NotModelled, Rejection, type VerifierRule } from './rules/rule.ts';
import type { Verdict } from './verdict.ts';
import { createWalk, walkProgram } from './walk/run.ts';
import type { TraceSink, Walk } from './walk/walk.ts';

/** The kernels whose verifier is modelled. */
const MODELLED: readonly VersionRange[] = [
  { since: 'v5.18', until: 'v6.2' },
  { since: 'v6.12', until: 'v6.13' },
];

/** Whether the verifier of a version (`v6.1`) is modelled: of others nothing is claimed. */
export function isModelled(version: string): boolean {
  return isModelledNumber(versionNumber(version));
}

function isModelledNumber(version: VersionNumber): boolean {
  return MODELLED.some((range) => isIn(range, version));
}

export interface VerifyOptions {
  /** Is told of every step. */
  readonly trace?: TraceSink;
}

/**
 * Gives the verdict that a kernel gives on a program, and says why.
 *
 * It is that of a load with all privileges (CAP_SYS_ADMIN), with JIT, on a 64-bit little-endian machine.
 *
 * @param program as it would be loaded
 * @param kernel as bootKernel() makes it
 * @throws what is a defect of this engine
 */
export function verify(program: Program, kernel: Kernel, options: VerifyOptions = {}): Verdict {
  const { id } = program;
  const version = kernel.profile.version;
  if (!isModelledNumber(kernel.version)) {
    const reason = `the verifier of ${version} is not modelled; kernels up to v6.1 and v6.12 are`;
    return { id, kernel: version, insnsProcessed: 0, verdict: 'unsupported', reason, insn: undefined };
  }
  let walk: Walk | undefined;
  try {
    const maps: BpfMap[] = [];
    for (const spec of program.maps) {
      const map = createMap(kernel, spec, maps);
      if ('rule' in map) {
        const finding = mapFinding(map);
        return { id, kernel: version, insnsProcessed: 0, verdict: 'reject', errno: map.errno, finding };
      }
      maps.push(map);
    }
    walk = createWalk(prepare(program, kernel, maps), options.trace);
    walkProgram(walk);
    return { id, kernel: version, insnsProcessed: walk.processed, verdict: 'accept' };
  } catch (error) {
    const insnsProcessed = walk?.processed ?? 0;
    if (error instanceof Rejection) {
      const errno = error.errno ?? -ERRNO[errnoName(error.rule, kernel.version)];
      const finding = describeFinding(error, walk);
      return { id, kernel: version, insnsProcessed, verdict: 'reject', errno, finding };
    }
    if (error instanceof NotModelled || isBtfError(error)) {
      const reason = error instanceof NotModelled ? `not modelled: ${error.message}` : error.message;
      return { id, kernel: version, insnsProcessed, verdict: 'unsupported', reason, insn: walk?.insn };
    }
    throw error;
  }
}

function errnoName({ errno, id }: VerifierRule, version: VersionNumber): keyof typeof ERRNO {
  if (typeof errno === 'string') return errno;
  const found = errno.find((range) => isIn(range, version));
  if (found === undefined) throw new RangeError(`rule ${id} has no errno for this kernel`);
  return found.errno;
}
