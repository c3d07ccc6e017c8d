import type { Answer, ProbedKfunc, ProbeProgram, ProbeResult, Verdict } from '../../generated/types/probe-result.ts';

/** Stands among program types for programs that change the result of a function: the hook fmodret has no type. */
export const FMODRET = 'fmodret';

/** What a kernel said of one kfunc and one program type. */
export interface TypeAnswer {
  readonly verdict: Verdict | 'unasked';
  /** The programs that said so; where none asked, those of the type. */
  readonly programs: readonly ProbeProgram[];
  /** The last line of the verifier's log, or why no program asked. */
  readonly log: string;
}

/** The program types of a kernel, each with the programs that asked for it, in the order of the result. */
export function programsByType({ programs }: ProbeResult): ReadonlyMap<string, readonly ProbeProgram[]> {
  const types = new Map<string, ProbeProgram[]>();
  for (const program of programs) {
    const type = program.name === FMODRET ? FMODRET : program.prog_type;
    types.set(type, [...(types.get(type) ?? []), program]);
  }
  return types;
}

/**
 * The answers about a kfunc by program type. A type may call what any of its programs may call: a set's filter looks at
 * more than the type.
 */
export function answersByType(
  kfunc: ProbedKfunc,
  types: ReadonlyMap<string, readonly ProbeProgram[]>,
): ReadonlyMap<string, TypeAnswer> {
  const answerOf = new Map(kfunc.answers.flatMap((answer) => answer.programs.map((name) => [name, answer] as const)));
  return new Map(
    [...types].map(([type, programs]): [string, TypeAnswer] => {
      for (const verdict of ['allowed', 'refused', 'unclear'] as const) {
        const said = programs.filter(({ name }) => answerOf.get(name)?.verdict === verdict);
        const [first] = said;
        if (first !== undefined) {
          return [type, { verdict, programs: said, log: logOf(answerOf.get(first.name)) }];
        }
      }
      return [type, { verdict: 'unasked', programs, log: programs[0]?.reason ?? 'it was not asked' }];
    }),
  );
}

function logOf(answer: Answer | undefined): string {
  return answer?.log === '' && answer.errno !== 0
    ? `the kernel returns ${String(answer.errno)}, and gives no reason`
    : (answer?.log ?? '');
}
