/**
 * What can be wrong with `.BTF_ids`. `bad-symbol`: a name that is none of an id or set. `duplicate-set`: two sets of one
 * name. `too-many`: more ids of one name than the kernel's tool takes. `out-of-range`: a symbol that points outside of
 * the section. `bad-set`: a set that is smaller than its head, or ends outside of the section.
 */
export type BtfIdsErrorCode = 'bad-symbol' | 'duplicate-set' | 'too-many' | 'out-of-range' | 'bad-set';

/** A `.BTF_ids` section that cannot be read. */
export class BtfIdsError extends Error {
  override readonly name = 'BtfIdsError';
  readonly code: BtfIdsErrorCode;
  /** The symbol it is about. */
  readonly symbol: string;

  constructor(code: BtfIdsErrorCode, symbol: string, message: string) {
    super(`.BTF_ids: ${message}`);
    this.code = code;
    this.symbol = symbol;
  }
}

/** Whether something caught is a BtfIdsError. */
export function isBtfIdsError(error: unknown): error is BtfIdsError {
  return error instanceof BtfIdsError;
}
