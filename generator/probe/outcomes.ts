import type { ProbedKfunc, ProbeResult } from '../../generated/types/probe-result.ts';
import { kfuncEntries, type KfuncEntry } from '../declarations/entries.ts';
import type { KernelModel, Model } from '../declarations/model.ts';
import { kernelNames } from '../diagnostics/kernel-names.ts';
import type { TypeAnswer } from './answers.ts';
import type { ExpectedKfunc } from './expected.ts';
import { absenceReason, conditionReason, filterReason, type Probed, type Reason } from './reasons.ts';

/** The lists of a report. */
export type List = 'differences' | 'explained' | 'untold';

/** What there is to say of a pair of a kfunc and a program type, and where. */
export interface Told {
  readonly list: List;
  readonly reason: Reason;
}

/** What a pair comes to; `nothing`: neither the kernel nor the registry says anything of it. */
export type Outcome = 'agreed' | 'nothing' | Told;

/** Of a pair that the registry has. */
export function expectedOutcome(
  { verdict, log }: TypeAnswer,
  entries: readonly KfuncEntry[],
  result: ProbeResult,
): Outcome {
  switch (verdict) {
    case 'allowed':
      return 'agreed';
    case 'refused': {
      const reason = filterReason(entries) ?? conditionReason(entries, result)?.reason;
      return reason === undefined
        ? {
            list: 'differences',
            reason: { kind: 'refused', message: 'the registry has it' },
          }
        : { list: 'explained', reason };
    }
    case 'unclear':
      return { list: 'untold', reason: { kind: 'unclear', message: log } };
    case 'unasked':
      return { list: 'untold', reason: { kind: 'unavailable', message: log } };
  }
}

/** Of a pair that the registry does not have: what was not told need not be said. */
export function unexpectedOutcome({ verdict, programs }: TypeAnswer, elsewhere: () => string): Outcome {
  if (verdict !== 'allowed') {
    return verdict === 'refused' ? 'agreed' : 'nothing';
  }
  const names = programs.map(({ name }) => name).join(', ');
  const [first] = programs;
  const only = first === undefined || first.name === first.prog_type ? '' : ` (as ${names})`;
  return { list: 'differences', reason: { kind: 'allowed', message: `${elsewhere()}${only}` } };
}

/** What the registry has of a function beside what this kernel may do with it. */
export function whereElse({ name, owner }: ProbedKfunc, own: KernelModel, { kernels }: Model): string {
  const has = (model: KernelModel): boolean =>
    kfuncEntries(model).some((entry) => entry.kfunc.name === name && entry.kfunc.check);
  if (has(own)) {
    const owners = kfuncEntries(own).flatMap((entry) => (entry.kfunc.name === name ? [entry.source.owner] : []));
    return owners.includes(owner) || owner === 'vmlinux'
      ? 'the registry has it for other program types'
      : `the registry has it in ${[...new Set(owners)].join(', ')}`;
  }
  const versions = kernels.filter(has).map(({ kernel }) => kernel.version);
  return versions.length === 0 ? 'the registry has no such kfunc' : `the registry has it in ${kernelNames(versions)}`;
}

/** Of a kfunc that the registry has and the result does not. */
export function absentOutcome({ types }: ExpectedKfunc, result: ProbeResult, probed: Probed): Told {
  const reason = absenceReason([...types.values()].flat(), result, probed);
  if (reason !== undefined) {
    return { list: 'explained', reason };
  }
  return probed.isOfRegistry
    ? { list: 'differences', reason: { kind: 'absent', message: 'the registry has it' } }
    : {
        list: 'untold',
        reason: { kind: 'unasked', message: 'the probe is of another registry, and may not have known of it' },
      };
}
