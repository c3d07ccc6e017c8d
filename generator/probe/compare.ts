import type { ProbeFinding, ProbeReport } from '../../generated/types/probe-report.ts';
import type { ProbedKfunc, ProbeResult } from '../../generated/types/probe-result.ts';
import type { Model } from '../declarations/model.ts';
import { compareText } from '../declarations/rows.ts';
import { answersByType, FMODRET, programsByType, type TypeAnswer } from './answers.ts';
import { expectedKfuncs, type ExpectedKfunc } from './expected.ts';
import { kernelOfRelease, type ChosenKernel } from './kernel-of-release.ts';
import { registryHash } from './probe-view.ts';
import { absentOutcome, expectedOutcome, unexpectedOutcome, whereElse, type List, type Told } from './outcomes.ts';

/** The tag says that some set has it; that may be one for programs that could not ask. */
const UNUSED: Told = {
  list: 'untold',
  reason: { kind: 'unused', message: 'the BTF marks it as a kfunc, and no program that asked may call it' },
};

/** Compares what a kernel said with what the registry has for the kernel that was chosen. */
export function compareProbe(result: ProbeResult, { kernel, chosen }: ChosenKernel, model: Model): ProbeReport {
  const own = model.kernels.find((each) => each.kernel.version === kernel.version);
  if (own === undefined) {
    throw new Error(`kernel ${kernel.version} was not projected`);
  }
  const { kfuncs: expected, isCommon } = expectedKfuncs(own);
  const types = programsByType(result);
  const findings: Findings = { differences: new Map(), explained: new Map(), untold: new Map() };
  const met = new Set<ExpectedKfunc>();
  let agreed = 0;
  for (const probed of result.kfuncs) {
    const known = expected.filter((kfunc) => isSame(kfunc, probed));
    known.forEach((kfunc) => met.add(kfunc));
    const answers = answersByType(probed, types);
    const expectedTypes = known.flatMap((kfunc) => [...kfunc.types.keys()]);
    for (const type of new Set([...answers.keys(), ...expectedTypes])) {
      const answer: TypeAnswer = answers.get(type) ?? {
        verdict: 'unasked',
        programs: [],
        log: `this kernel has no type ${type}`,
      };
      const entries = known.flatMap((kfunc) => kfunc.types.get(type) ?? []);
      const isNewType = type !== FMODRET && !own.kernel.prog_types.some((each) => each === type);
      const isExpected = entries.length > 0 || (isNewType && known.some(isCommon));
      const outcome = isExpected
        ? expectedOutcome(answer, entries, result)
        : unexpectedOutcome(answer, () => whereElse(probed, own, model));
      if (outcome === 'agreed') {
        agreed++;
      } else if (outcome !== 'nothing') {
        add(findings, outcome, probed.name, probed.owner, type);
      }
    }
    if (probed.tagged && known.length === 0 && [...answers.values()].every(({ verdict }) => verdict !== 'allowed')) {
      add(findings, UNUSED, probed.name, probed.owner, undefined);
    }
  }
  const probed = {
    names: new Set(result.kfuncs.map(({ name }) => name)),
    isOfSeries: kernelOfRelease(result.kernel.release, [kernel])?.chosen === 'release',
    isOfRegistry: result.registry === registryHash(model),
  };
  for (const kfunc of expected.filter((each) => !met.has(each))) {
    const outcome = absentOutcome(kfunc, result, probed);
    for (const type of kfunc.types.keys()) {
      add(findings, outcome, kfunc.name, kfunc.owner, type);
    }
  }
  return {
    release: result.kernel.release,
    kernel: kernel.version,
    chosen,
    problems: result.problems,
    agreed,
    differences: sorted(findings.differences),
    explained: sorted(findings.explained),
    untold: sorted(findings.untold),
  };
}

/** What a module registers may be built in: then vmlinux has it. */
function isSame({ name, owner }: ExpectedKfunc, probed: ProbedKfunc): boolean {
  return name === probed.name && (owner === probed.owner || probed.owner === 'vmlinux');
}

/** By what they say of which kfunc, so that program types of which the same holds stand together. */
type Findings = Record<List, Map<string, ProbeFinding>>;

function add(findings: Findings, { list, reason }: Told, kfunc: string, owner: string, type: string | undefined): void {
  const key = [kfunc, owner, reason.kind, reason.message].join('\0');
  const types = findings[list].get(key)?.prog_types ?? [];
  findings[list].set(key, { ...reason, kfunc, owner, prog_types: type === undefined ? types : [...types, type] });
}

function sorted(findings: ReadonlyMap<string, ProbeFinding>): ProbeFinding[] {
  return [...findings]
    .sort(([a], [b]) => compareText(a, b))
    .map(([, finding]) => ({ ...finding, prog_types: finding.prog_types.toSorted(compareText) }));
}
