import { Assembler, assemble, newLabel } from './assembler.ts';
import type { Label } from './assembler.ts';
import type { Body, MapDefinition } from './case.ts';
import type { Choices } from './choices.ts';

/** Where a value is kept over calls: a callee-saved register, or a stack slot. */
export type Place = { readonly reg: number } | { readonly slot: number };

/** What the program is loaded as. */
export interface Setting {
  prog_type: string;
  expected_attach_type?: number;
  attach_func?: string;
  attach_struct?: string;
  attach_member?: string;
  sleepable?: boolean;
}

/** The register that holds the context through the whole program. */
export const CTX = 6;
export const FP = 10;
const SAVED = [7, 8, 9] as const;

/** A program that is being written: code, maps, stack, and what is held and must be given back. */
export class Draft extends Assembler {
  readonly choices: Choices;
  setting: Setting = { prog_type: 'sched_cls' };
  readonly maps: MapDefinition[] = [];
  readonly out = newLabel();
  /** What is to be released where an acquisition fails, innermost last. */
  readonly held: (() => void)[] = [];
  /** False while a subprogram is written: the end of the main program cannot be reached from there. */
  inMain = true;
  /** Failures always go to blocks of their own: for programs that give back in another order than they took. */
  apart = false;
  /** The value the program returns. */
  result = 0;
  #saved = 0;
  #stack = 0;
  readonly #failures: (() => void)[] = [];
  readonly #functions: (() => void)[] = [];
  readonly #funcInfo: { readonly label: Label; readonly name: string }[] = [];

  constructor(choices: Choices) {
    super();
    this.choices = choices;
  }

  /** Stack space for so many bytes, aligned to 8: the offset from the frame pointer. */
  stack(bytes: number): number {
    this.#stack += (bytes + 7) & ~7;
    return -this.#stack;
  }

  /** A place for a value that must outlive calls. */
  keep(): Place {
    const reg = SAVED[this.#saved];
    if (reg === undefined) return { slot: this.stack(8) };
    this.#saved++;
    return { reg };
  }

  /** A callee-saved register, or undefined if all are taken. */
  keepRegister(): number | undefined {
    const reg = SAVED[this.#saved];
    if (reg !== undefined) this.#saved++;
    return reg;
  }

  /** src -> place */
  put(place: Place, src: number): void {
    if ('reg' in place) this.mov(place.reg, src);
    else this.store(8, FP, place.slot, src);
  }

  /** place -> dst */
  get(dst: number, place: Place): void {
    if ('reg' in place) this.mov(dst, place.reg);
    else this.load(8, dst, FP, place.slot);
  }

  /** The register that a value is in, after it is loaded into `spare` if it is on the stack. */
  at(place: Place, spare: number): number {
    if ('reg' in place) return place.reg;
    this.load(8, spare, FP, place.slot);
    return spare;
  }

  /** dst = address of the stack at the offset */
  address(dst: number, offset: number): void {
    this.mov(dst, FP);
    this.alu('add', dst, offset);
  }

  addMap(map: Omit<MapDefinition, 'name'>, name = `m${String(this.maps.length)}`): number {
    const known = this.maps.findIndex((other) => sameMap(other, map));
    if (known >= 0) return known;
    this.maps.push({ ...map, name });
    return this.maps.length - 1;
  }

  /** Code that stands after the body of the main program; it has to lead somewhere itself. */
  later(write: () => void): void {
    this.#failures.push(write);
  }

  /** A function after the main program. With a name it gets func_info, which callbacks need. */
  function(write: () => void, name?: string): Label {
    const label = newLabel();
    this.#functions.push(() => {
      this.place(label);
      this.inMain = false;
      this.#saved = 0;
      this.#stack = 0;
      write();
    });
    if (name !== undefined) this.#funcInfo.push({ label, name });
    return label;
  }

  finish(): Body {
    while (this.#failures.length > 0) this.#failures.shift()?.();
    this.place(this.out);
    this.set(0, this.result);
    this.exit();
    while (this.#functions.length > 0) this.#functions.shift()?.();
    return this.body();
  }

  /** As finish(), for programs that have written their end themselves. */
  body(): Body {
    const typed = this.maps.some(({ value_type }) => value_type !== null);
    const infos = this.#funcInfo.map(({ label, name }) => [label.slot ?? 0, name] as const);
    return {
      ...this.setting,
      ...assemble(this.slots),
      maps: this.maps,
      btf: typed || infos.length > 0 ? 'maps' : null,
      ...(infos.length > 0 && { func_info: [[0, 'main_prog'] as const, ...infos.sort(([a], [b]) => a - b)] }),
    };
  }
}

function sameMap(one: MapDefinition, other: Omit<MapDefinition, 'name'>): boolean {
  return (
    one.type === other.type &&
    one.key_size === other.key_size &&
    one.value_size === other.value_size &&
    one.max_entries === other.max_entries &&
    one.map_flags === other.map_flags &&
    one.value_type === other.value_type &&
    one.inner_map === other.inner_map
  );
}
