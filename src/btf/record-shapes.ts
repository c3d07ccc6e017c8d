import type { Kind } from './kinds.ts';
import type { NameRule } from './names.ts';

/** Whether a word is an id: one that may be void, or one that may not. */
export type Reference = 'may-be-void' | 'type';

/** What the records of a kind look like (kernel/bpf/btf.c, the check_meta of each kind, and include/uapi/linux/btf.h). */
export interface Shape {
  readonly name: NameRule;
  /** Where the third word is an id. */
  readonly third?: Reference;
  /** Where the third word is one of few numbers: which. */
  readonly sizes?: readonly number[];
  /** Whether kind_flag means something. */
  readonly flag?: true;
  /** What vlen is at most where nothing follows: the linkage of a function (BTF_FUNC_EXTERN). */
  readonly vlen?: number;
  /** Words that follow, whatever vlen says. */
  readonly tail?: number;
  /** What follows vlen times. */
  readonly item?: Item;
}

export interface Item {
  readonly words: number;
  /** Where the first word is a name: what name. */
  readonly name?: NameRule;
  /** Where the word after the name is an id; without a name, the first. */
  readonly type?: Reference;
}

const MEMBER: Item = { words: 3, name: 'optional', type: 'type' };
const PARAMETER: Item = { words: 2, name: 'any', type: 'may-be-void' };

export const SHAPES: Readonly<Record<Kind, Shape>> = {
  void: { name: 'none' },
  int: { name: 'any', tail: 1 },
  ptr: { name: 'none', third: 'may-be-void' },
  array: { name: 'none', sizes: [0], tail: 3 },
  struct: { name: 'optional', flag: true, item: MEMBER },
  union: { name: 'optional', flag: true, item: MEMBER },
  enum: { name: 'optional', sizes: [1, 2, 4, 8], flag: true, item: { words: 2, name: 'identifier' } },
  fwd: { name: 'identifier', sizes: [0], flag: true },
  typedef: { name: 'identifier', third: 'may-be-void' },
  volatile: { name: 'none', third: 'may-be-void' },
  const: { name: 'none', third: 'may-be-void' },
  restrict: { name: 'none', third: 'may-be-void' },
  func: { name: 'identifier', third: 'type', vlen: 2 },
  func_proto: { name: 'none', third: 'may-be-void', item: PARAMETER },
  var: { name: 'dotted', third: 'type', tail: 1 },
  datasec: { name: 'section', item: { words: 3, type: 'type' } },
  float: { name: 'any', sizes: [2, 4, 8, 12, 16] },
  decl_tag: { name: 'text', third: 'type', flag: true, tail: 1 },
  type_tag: { name: 'text', third: 'may-be-void', flag: true },
  enum64: { name: 'optional', sizes: [1, 2, 4, 8], flag: true, item: { words: 3, name: 'identifier' } },
};
