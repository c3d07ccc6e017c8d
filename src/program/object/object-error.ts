/**
 * What can be wrong with a BPF object.
 *
 * - `not-bpf`: an ELF file that is no relocatable 64-bit little-endian BPF object.
 * - `no-symbols`: it was stripped.
 * - `too-big`: more than a stated limit.
 * - `bad-program`: a function that does not lie in its section, or is none that can be loaded.
 * - `unknown-section`: a section name that stands for no program type.
 * - `bad-map`, `legacy-maps`: a map definition; definitions in the section `maps`, which came before BTF.
 * - `bad-extern`, `extern-incompatible`, `config-missing`: something declared here and defined in the kernel.
 * - `bad-relocation`: a relocation that cannot be meant.
 * - `bad-struct-ops`: the definition of an operations struct.
 * - `bad-info`: function or line information that contradicts the code.
 * - `core-malformed`, `core-mismatch`, `core-ambiguous`, `core-range`: a CO-RE relocation: malformed; on an instruction
 *   that holds something else; with more than one answer; with an answer that does not fit.
 */
export type ObjectErrorCode =
  | 'not-bpf'
  | 'no-symbols'
  | 'too-big'
  | 'bad-program'
  | 'unknown-section'
  | 'bad-map'
  | 'legacy-maps'
  | 'bad-extern'
  | 'extern-incompatible'
  | 'config-missing'
  | 'bad-relocation'
  | 'bad-struct-ops'
  | 'bad-info'
  | 'core-malformed'
  | 'core-mismatch'
  | 'core-ambiguous'
  | 'core-range';

/** What an error is about, as far as it is known. */
export interface ObjectPlace {
  /** ELF section. */
  readonly section?: string | undefined;
  /** In bytes from the start of that section. */
  readonly offset?: number | undefined;
  /** The function, map, variable or type. */
  readonly name?: string | undefined;
}

/** A BPF object that cannot be loaded. */
export class ObjectError extends Error {
  override readonly name = 'ObjectError';
  readonly code: ObjectErrorCode;
  readonly place: ObjectPlace;

  constructor(code: ObjectErrorCode, place: ObjectPlace, message: string) {
    const where = describe(place);
    super(where === '' ? message : `${message} (${where})`);
    this.code = code;
    this.place = place;
  }
}

/** Whether something caught is an ObjectError. */
export function isObjectError(error: unknown): error is ObjectError {
  return error instanceof ObjectError;
}

function describe({ section, offset, name }: ObjectPlace): string {
  const parts = [name, section === undefined ? undefined : `section ${section}`];
  if (offset !== undefined) parts.push(`byte ${String(offset)}`);
  return parts.filter((part) => part !== undefined && part !== '').join(', ');
}
