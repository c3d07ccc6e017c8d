import { InputError } from '../../../generator/declarations/input-error.ts';
import { isBtfError } from '../../btf/btf-error.ts';
import { isElfError } from '../../elf/elf-error.ts';
import { loadPrograms } from '../../program/object/load-programs.ts';
import { isObjectError } from '../../program/object/object-error.ts';
import { openObject, type BpfObject, type ObjectProgram } from '../../program/object/open-object.ts';
import type { Program } from '../../program/program.ts';
import { LoadRefusal, type InputProgram } from './input.ts';
import type { Judge } from './judge.ts';

/**
 * The programs of a BPF object.
 *
 * @throws InputError if it is none, or has no program
 */
export function objectPrograms(file: string, bytes: Uint8Array): readonly InputProgram[] {
  const object = open(file, bytes);
  if (object.programs.length === 0) throw new InputError(file, 'there is no program in it');
  const loaded = new Map<Judge, readonly (Program | LoadRefusal)[]>();
  return object.programs.map(({ name }, index) => ({
    kind: 'program',
    file,
    line: undefined,
    id: name,
    loadFor: (judge) => {
      const programs = loaded.get(judge) ?? loadAll(object, judge);
      loaded.set(judge, programs);
      const program = programs[index];
      if (program instanceof LoadRefusal) throw program;
      if (program === undefined) throw new RangeError(`program ${name} was not loaded`);
      return program;
    },
  }));
}

function open(file: string, bytes: Uint8Array): BpfObject {
  try {
    return openObject(bytes);
  } catch (error) {
    if (isRefusal(error)) throw new InputError(file, error.message);
    throw error;
  }
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
    const programs = loadPrograms(object, { kernelBtf: given, kernelVersion: version, select });
    return programs.map(withNearPaths);
  } catch (error) {
    if (isRefusal(error)) return new LoadRefusal(`libbpf would not load it: ${error.message}`);
    throw error;
  }
}

/** Compilers write whole paths: what lies below the folder one stands in is named from there. */
function withNearPaths(program: Program): Program {
  const here = `${process.cwd()}/`;
  const near = (file: string): string => (file.startsWith(here) ? file.slice(here.length) : file).replace(/^\.\//, '');
  return { ...program, lines: program.lines.map((line) => ({ ...line, file: near(line.file) })) };
}

function isRefusal(error: unknown): error is Error {
  return isObjectError(error) || isElfError(error) || isBtfError(error);
}
