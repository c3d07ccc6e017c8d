import { BtfIdsError } from './btf-ids-error.ts';

/** What ids can be of, in the order in which the kernel's tool tries the words. */
export const ID_KINDS = ['struct', 'union', 'typedef', 'func'] as const;
export type IdKind = (typeof ID_KINDS)[number];

export type SetKind = 'set' | 'set8';

/** What a symbol of `.BTF_ids` stands for. */
export interface SymbolName {
  readonly kind: IdKind | SetKind;
  readonly name: string;
}

/** Every symbol that counts begins so; others may stand in the section too. */
export const PREFIX = '__BTF_ID__';

/** `set` is the beginning of `set8`. */
const SET_KINDS: readonly SetKind[] = ['set8', 'set'];

const SEPARATOR = '__';

/**
 * Takes the name of a symbol apart: `__BTF_ID__func__NAME__UNIQUE` or `__BTF_ID__set8__NAME`. The kind is whatever word
 * the rest begins with; NAME may hold two underscores itself (symbols_collect(), tools/bpf/resolve_btfids/main.c).
 *
 * @param symbol a name that begins with PREFIX
 * @throws BtfIdsError `bad-symbol`
 */
export function parseSymbolName(symbol: string): SymbolName {
  const rest = symbol.slice(PREFIX.length);
  const idKind = ID_KINDS.find((kind) => rest.startsWith(kind));
  if (idKind !== undefined) {
    return { kind: idKind, name: withoutUnique(rest.slice(idKind.length + SEPARATOR.length), rest) };
  }
  const kind = SET_KINDS.find((word) => rest.startsWith(word));
  if (kind === undefined) throw new BtfIdsError('bad-symbol', symbol, `FAILED unsupported prefix ${rest}`);
  const name = rest.slice(kind.length + SEPARATOR.length);
  if (name === '') throw new BtfIdsError('bad-symbol', symbol, `FAILED to parse set name: ${rest}`);
  return { kind, name };
}

/** Cuts `__UNIQUE` off: the tool looks for the last underscore, and wants one before it. */
function withoutUnique(text: string, rest: string): string {
  const end = text.lastIndexOf('_') - 1;
  if (end < 0 || text[end] !== '_') {
    throw new BtfIdsError('bad-symbol', PREFIX + rest, `FAILED to parse symbol name: ${rest}`);
  }
  return text.slice(0, end);
}
