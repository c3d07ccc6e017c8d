/**
 * What can be wrong with BTF.
 *
 * - `no-btf`: an ELF file without `.BTF`.
 * - `bad-magic`, `bad-header`, `unsupported`, `header-extra`: the header.
 * - `bad-section`, `bad-strings`: where the sections lie, the string section.
 * - `truncated`: the type section ends inside a record.
 * - `bad-record`, `bad-name`, `bad-encoding`, `bad-id`: a record, its name, an INT's encoding, an id it refers to.
 * - `bad-base`: split BTF whose base is missing or is another one.
 * - `too-big`: more than a stated limit.
 * - `chain-too-long`, `loop`, `too-deep`: found where types are followed.
 * - `no-size`: a type that has none, where a size is asked for.
 * - `not-c`: something that C has no words for, where C is to be printed.
 */
export type BtfErrorCode = keyof typeof BTF_ERRNO;

/**
 * The errno with which the kernel refuses the same (kernel/bpf/btf.c), not negated; undefined where a kernel never
 * comes by. 524 is ENOTSUPP, which is internal to the kernel but leaks from here.
 */
export const BTF_ERRNO = {
  'no-btf': undefined,
  'bad-magic': 22,
  'bad-header': 22,
  unsupported: 524,
  'header-extra': 7,
  'bad-section': 22,
  'bad-strings': 22,
  truncated: 22,
  'bad-record': 22,
  'bad-name': 22,
  'bad-encoding': 524,
  'bad-id': 22,
  'bad-base': 22,
  'too-big': 7,
  'chain-too-long': 40,
  loop: 17,
  'too-deep': 7,
  'no-size': 22,
  'not-c': undefined,
} as const;

/** What an error is about, as far as it is known. */
export interface BtfPlace {
  /** The field, as the kernel's documentation of BTF calls it (`name_off`). */
  readonly field: string;
  /** Where that is, in bytes from the start of the BTF. */
  readonly offset?: number | undefined;
  readonly typeId?: number | undefined;
  readonly typeName?: string | undefined;
}

/** BTF that cannot be read, followed or printed. */
export class BtfError extends Error {
  override readonly name = 'BtfError';
  readonly code: BtfErrorCode;
  readonly field: string;
  readonly offset: number | undefined;
  readonly typeId: number | undefined;
  readonly typeName: string | undefined;

  constructor(code: BtfErrorCode, place: BtfPlace, message: string) {
    super(`BTF: ${message} (${describe(place)})`);
    this.code = code;
    this.field = place.field;
    this.offset = place.offset;
    this.typeId = place.typeId;
    this.typeName = place.typeName;
  }
}

/** Whether something caught is a BtfError. */
export function isBtfError(error: unknown): error is BtfError {
  return error instanceof BtfError;
}

function describe({ field, offset, typeId, typeName }: BtfPlace): string {
  const name = typeName === undefined || typeName === '' ? '' : ` ${typeName}`;
  const type = typeId === undefined ? '' : ` of type ${String(typeId)}${name}`;
  return `${field}${type}${offset === undefined ? '' : ` at byte ${String(offset)}`}`;
}
