import type { ProbeResult } from '../../generated/types/probe-result.ts';
import type { Path } from '../diagnostics/source-file.ts';

/** A place where a result that fits its schema can't be what a probe printed. */
export interface Contradiction {
  readonly path: Path;
  readonly message: string;
  /** The place that it contradicts. */
  readonly first?: Path;
}

/** What stands in a result twice, or names what it does not have. */
export function contradictions({ owners, programs, kfuncs }: ProbeResult): readonly Contradiction[] {
  const programNames = new Map<string, Path>();
  const kfuncNames = new Map<string, Path>();
  return [
    ...programs.flatMap(({ name }, at) => unique(programNames, name, ['programs', at, 'name'], `program ${name}`)),
    ...kfuncs.flatMap(({ name, owner, answers }, at): Contradiction[] => {
      const answered = new Map<string, Path>();
      return [
        ...unique(kfuncNames, `${owner} ${name}`, ['kfuncs', at, 'name'], `kfunc ${name} of ${owner}`),
        ...(owners.includes(owner)
          ? []
          : [{ path: ['kfuncs', at, 'owner'], message: `${owner} is not among the owners` }]),
        ...answers.flatMap((answer, position) =>
          answer.programs.flatMap((program, index) => {
            const path = ['kfuncs', at, 'answers', position, 'programs', index];
            return programNames.has(program)
              ? unique(answered, program, path, `answer for ${program}`)
              : [{ path, message: `${program} is not among the programs` }];
          }),
        ),
      ];
    }),
  ];
}

function unique(seen: Map<string, Path>, key: string, path: Path, what: string): Contradiction[] {
  const first = seen.get(key);
  if (first !== undefined) {
    return [{ path, message: `the ${what} stands there twice`, first }];
  }
  seen.set(key, path);
  return [];
}
