import { findIdByName, findIdsByName } from '../../../src/btf/find.ts';
import { decodeCode } from '../../../src/program/code.ts';
import type { AttachTarget, Program } from '../../../src/program/program.ts';
import { ATTACH_TYPE } from '../../../src/program/object/attach-types.ts';
import { kfuncSetContains } from '../../../src/tables/lookup.ts';
import { setEntries } from '../../../src/tables/set-entries.ts';
import type { FilteredProgram } from '../../../src/tables/set-filter.ts';
import { attachTypeName } from '../../../src/verifier/kernel/contexts/attach-types.ts';
import { bootKernel } from '../../../src/verifier/kernel/kernel.ts';
import { askKernel, type KernelAnswer } from '../ask/ask-kernel.ts';
import type { RealKernel } from '../machine/kernels.ts';
import { isMissing, joinOutcomes, type Outcome, type Section } from './section.ts';
import { TABLES } from './tables.ts';

/** call kfunc; r0 = 0; exit */
const CODE = decodeCode(Buffer.from('8520000000000000b7000000000000009500000000000000', 'hex'));
const SECONDS = 600;

/** What a program of a type has to be attached to, to be loaded at all. */
interface Target {
  /** Undefined: as it is called. */
  readonly progType?: string;
  readonly attach?: AttachTarget;
  /** The expected attach type. */
  readonly type?: number;
}

const TARGETS: Readonly<Record<string, Target>> = {
  cgroup_sock: { type: 2 },
  cgroup_sock_addr: { type: 10 },
  cgroup_sockopt: { type: 21 },
  sk_lookup: { type: 36 },
  tracing: { attach: { kind: 'function', name: 'bpf_fentry_test1' }, type: 24 },
  lsm: { attach: { kind: 'function', name: 'bpf_lsm_file_open' }, type: 27 },
  struct_ops: { attach: { kind: 'member', struct: 'tcp_congestion_ops', member: 'ssthresh' } },
  netfilter: { type: 45 },
};
/** More kinds of programs of a type, which filters of sets tell apart. */
const OTHERS: Readonly<Record<string, Target>> = {
  'iterator (tracing)': {
    progType: 'tracing',
    attach: { kind: 'function', name: 'tcp' },
    type: ATTACH_TYPE.TRACE_ITER,
  },
  'session (kprobe)': { progType: 'kprobe', type: ATTACH_TYPE.TRACE_KPROBE_SESSION },
};
/** Extensions count as the type of what they extend; unspec is none. */
const NOT_ASKED = new Set(['unspec', 'ext']);
/** Functions that no kernel registers. */
const PLAIN = ['bpf_fentry_test1', 'bpf_fentry_test2', 'vprintk'];

/** Which program type may call which kfunc: every kfunc of the kernel's BTF by every type. */
export const availability: Section = {
  name: 'availability',
  run: async ({ kernels, loader }) => {
    const outcomes: Outcome[] = [];
    for (const kernel of kernels) if (!isMissing(kernel)) outcomes.push(await askOne(kernel, loader));
    return joinOutcomes(outcomes);
  },
};

async function askOne(kernel: RealKernel, loader: string): Promise<Outcome> {
  const table = TABLES.get(kernel.version);
  if (table === undefined) return { failures: [], skipped: [`availability: no table of ${kernel.version}`], notes: [] };
  const names = kfuncNames(kernel);
  const types = [...table.profile.prog_types.filter((type) => !NOT_ASKED.has(type)), ...Object.keys(OTHERS)];
  const pairs = names.flatMap((name) => types.map((type) => ({ name, type, question: caller(name, type) })));
  const questions = pairs.map(({ question }) => question);
  const { answers, runs } = await askKernel(kernel, questions, { loader, seconds: SECONDS });
  const { state } = bootKernel(table, kernel.btf);
  const { vmlinux } = state;
  const failures: string[] = [];
  let [asked, allowed] = [0, 0];
  /** Types of which no program got as far as the call. */
  const silent = new Set(types);
  for (const [at, { name, type, question }] of pairs.entries()) {
    const says = isAllowed(answers[at]);
    if (says === undefined) continue;
    silent.delete(type);
    const id = findIdByName(kernel.btf, name, 'func') ?? 0;
    const { progType, expectedAttachType } = question;
    const program: FilteredProgram = { progType, attachType: attachTypeName(expectedAttachType) ?? 'none' };
    const expected = vmlinux !== undefined && kfuncSetContains(state, vmlinux, progType, 'check', id, program);
    asked++;
    if (says) allowed++;
    if (says !== expected) {
      failures.push(
        `${kernel.version}: a ${type} program ${says ? 'may' : 'may not'} call ${name}, and the registry says otherwise`,
      );
    }
  }
  const release = runs[0]?.release ?? kernel.version;
  return {
    failures: asked === 0 ? [`${kernel.version} answered nothing: ${runs[0]?.console ?? ''}`] : failures,
    skipped:
      silent.size === 0
        ? []
        : [`availability: ${release} has no programs of type ${[...silent].join(', ')} that can be asked`],
    notes: [
      `${release}: ${String(names.length)} functions by ${String(types.length)} program types, ${String(asked)} answers, ${String(allowed)} allowed`,
    ],
  };
}

/** Functions of the BTF that are a kfunc in some kernel of the registry, or that carry the tag; and a few that are none. */
function kfuncNames({ btf }: RealKernel): string[] {
  const names = new Set(PLAIN);
  for (const table of TABLES.values())
    for (const set of table.sets) for (const [name] of setEntries(set)) names.add(name);
  return [...names].filter((name) => findIdsByName(btf, name, 'func').length > 0).sort();
}

function caller(name: string, kind: string): Program {
  const { progType = kind, attach, type = 0 } = OTHERS[kind] ?? TARGETS[kind] ?? {};
  return {
    id: `${kind} ${name}`,
    progType,
    expectedAttachType: type,
    attach,
    sleepable: progType === 'syscall',
    license: 'GPL',
    code: CODE,
    kfuncCalls: new Map([[0, { name, weak: false }]]),
    mapReferences: new Map(),
    kernelVariables: new Map(),
    maps: [],
    btf: undefined,
    functions: [],
    lines: [],
  };
}

/** Undefined: the kernel did not get as far as that question. */
function isAllowed(answer: KernelAnswer | undefined): boolean | undefined {
  if (answer?.kind !== 'program') return undefined;
  if (answer.errno === 0) return true;
  if (/calling kernel function \S+ is not allowed/.test(answer.message)) return false;
  // Refused before the first instruction: the type is not configured, say.
  return answer.insnsProcessed === 0 ? undefined : true;
}
