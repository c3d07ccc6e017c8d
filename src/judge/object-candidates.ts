import { isBtfError } from '../btf/btf-error.ts';
import { isElfError } from '../elf/elf-error.ts';
import { loadPrograms } from '../program/object/load-programs.ts';
import { isObjectError } from '../program/object/object-error.ts';
import type { BpfObject, ObjectProgram } from '../program/object/open-object.ts';
import type { Program } from '../program/program.ts';
import { LoadRefusal, type Candidate } from './candidate.ts';
import type { Judge } from './judge.ts';

/**
 * The programs of a BPF object, in its order; each judge loads all of them when it is asked for the first.
 *
 * @param sourceName how a source file is called in reports: compilers write paths of their machine
 */
export function objectCandidates(
  object: BpfObject,
  sourceName: (file: string) => string = (file) => file,
): readonly Candidate[] {
  const loaded = new Map<Judge, readonly (Program | LoadRefusal)[]>();
  return object.programs.map(({ name }, index) => ({
    id: name,
    loadFor: (judge) => {
      const programs = loaded.get(judge) ?? loadAll(object, judge);
      loaded.set(judge, programs);
      const program = programs[index];
      if (program instanceof LoadRefusal) throw program;
      if (program === undefined) throw new RangeError(`program ${name} was not loaded`);
      return { ...program, lines: program.lines.map((line) => ({ ...line, file: sourceName(line.file) })) };
    },
  }));
}

/** All programs at once; where one of them is refused, each for itself, so that the others are judged. */
function loadAll(object: BpfObject, judge: Judge): readonly (Program | LoadRefusal)[] {
  const all = load(object, judge, () => true);
  if (!(all instanceof LoadRefusal)) return all;
  return object.programs.map((program) => {
    const alone = load(object, judge, (each) => each === program);
    return alone instanceof LoadRefusal ? alone : (alone[0] ?? all);
  });
}

function load(
  object: BpfObject,
  { given, version }: Judge,
  select: (program: ObjectProgram) => boolean,
): readonly Program[] | LoadRefusal {
  try {
    return loadPrograms(object, { kernelBtf: given, kernelVersion: version, select });
  } catch (error) {
    if (isUnreadable(error)) return new LoadRefusal(`libbpf would not load it: ${error.message}`);
    throw error;
  }
}

/** Whether an error is about the bytes that were given, and not a defect of what reads them. */
export function isUnreadable(error: unknown): error is Error {
  return isObjectError(error) || isElfError(error) || isBtfError(error);
}
