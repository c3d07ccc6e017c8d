import type { Program } from '../program.ts';

/** What numbers in instructions stand for, as far as it is known. */
export interface InstructionNames {
  /** The kfunc that is called in a slot. */
  readonly kfunc?: ((slot: number) => string | undefined) | undefined;
  /** A helper by its number. */
  readonly helper?: ((number: number) => string | undefined) | undefined;
  /** The map that is loaded in a slot: its name, or its position among the maps. */
  readonly map?:
    | ((slot: number) => { readonly map: string | number; readonly valueOffset: number | undefined } | undefined)
    | undefined;
  /** The variable of the kernel, or kfunc, whose address is loaded in a slot. */
  readonly kernelVariable?: ((slot: number) => string | undefined) | undefined;
  /** The function that begins in a slot. */
  readonly function?: ((slot: number) => string | undefined) | undefined;
}

/** The names that a program itself knows. @param helper names of helpers by number, which depend on the kernel */
export function namesOfProgram(program: Program, helper?: (number: number) => string | undefined): InstructionNames {
  const functions = new Map(program.functions.map(({ slot, name }) => [slot, name]));
  return {
    kfunc: (slot) => program.kfuncCalls.get(slot)?.name,
    helper,
    map: (slot) => {
      const reference = program.mapReferences.get(slot);
      if (reference === undefined) return undefined;
      const { map, valueOffset } = reference;
      const name = program.maps[map]?.name ?? '';
      return { map: name === '' ? map : name, valueOffset };
    },
    kernelVariable: (slot) => program.kernelVariables.get(slot)?.name,
    function: (slot) => functions.get(slot),
  };
}
