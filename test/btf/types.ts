import { writeBtf, type NewType, type WriteOptions } from '../../src/btf/write-btf.ts';
import type { Btf } from '../../src/btf/btf.ts';
import { openBtf } from '../../src/btf/open-btf.ts';

/** Types to write, as short as tests want them. */
export const INT: NewType = { kind: 'int', name: 'int', size: 4, bits: 32, bitOffset: 0, encoding: 'signed' };
export const CHAR: NewType = { kind: 'int', name: 'char', size: 1, bits: 8, bitOffset: 0, encoding: 'signed' };
export const LONG: NewType = { kind: 'int', name: 'long int', size: 8, bits: 64, bitOffset: 0, encoding: 'signed' };

export function ptr(type: number): NewType {
  return { kind: 'ptr', type };
}

export function modifier(kind: 'const' | 'volatile' | 'restrict', type: number): NewType {
  return { kind, type };
}

export function typedef(name: string, type: number): NewType {
  return { kind: 'typedef', name, type };
}

export function array(type: number, length: number): NewType {
  return { kind: 'array', type, indexType: 1, length };
}

/** Members as `[name, type, bit offset, bits of a bitfield]`. */
export type Member = readonly [name: string, type: number, bitOffset?: number, bitSize?: number];

export function struct(name: string, size: number, ...members: readonly Member[]): NewType {
  return { kind: 'struct', name, size, members: members.map(toMember) };
}

export function union(name: string, size: number, ...members: readonly Member[]): NewType {
  return { kind: 'union', name, size, members: members.map(toMember) };
}

/** Parameters as `[name, type]`. */
export function prototype(returns: number, ...parameters: readonly (readonly [string, number])[]): NewType {
  const list = parameters.map(([name, type]) => ({ name, type }));
  return { kind: 'func_proto', returns, parameters: list, isVariadic: false };
}

export function func(name: string, type: number): NewType {
  return { kind: 'func', name, type, linkage: 'global' };
}

export function typeTag(text: string, type: number): NewType {
  return { kind: 'type_tag', text, type, isAttribute: false };
}

export function declTag(text: string, type: number, component?: number): NewType {
  return { kind: 'decl_tag', text, type, component, isAttribute: false };
}

/** Writes types and opens what was written; the first has id 1, or in split BTF the next of the base. */
export function btfOf(types: readonly NewType[], options: WriteOptions = {}): Btf {
  return openBtf(writeBtf(types, options), options.base === undefined ? {} : { base: options.base });
}

function toMember([name, type, bitOffset = 0, bitSize]: Member): {
  name: string;
  type: number;
  bitOffset: number;
  bitSize: number | undefined;
} {
  return { name, type, bitOffset, bitSize };
}
