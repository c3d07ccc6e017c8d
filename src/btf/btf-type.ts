/** A type as it is handed out: what the record says, ids not followed. `id` is its own. */
export type BtfType =
  | BtfVoid
  | BtfInt
  | BtfFloat
  | BtfPointer
  | BtfArray
  | BtfComposite
  | BtfEnum
  | BtfForward
  | BtfTypedef
  | BtfModifier
  | BtfFunction
  | BtfPrototype
  | BtfVariable
  | BtfDataSection
  | BtfDeclTag
  | BtfTypeTag;

export interface BtfVoid {
  readonly kind: 'void';
  readonly id: 0;
}

export interface BtfInt {
  readonly kind: 'int';
  readonly id: number;
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** The bits that count, from bit `bitOffset` on; less than the size only in bitfields as old compilers wrote them. */
  readonly bits: number;
  readonly bitOffset: number;
  readonly encoding: 'unsigned' | 'signed' | 'char' | 'bool';
}

export interface BtfFloat {
  readonly kind: 'float';
  readonly id: number;
  readonly name: string;
  readonly size: number;
}

export interface BtfPointer {
  readonly kind: 'ptr';
  readonly id: number;
  readonly type: number;
}

export interface BtfArray {
  readonly kind: 'array';
  readonly id: number;
  /** Of the elements. */
  readonly type: number;
  readonly indexType: number;
  readonly length: number;
}

export interface BtfComposite {
  readonly kind: 'struct' | 'union';
  readonly id: number;
  /** Empty if it is anonymous. */
  readonly name: string;
  readonly size: number;
  readonly members: readonly BtfMember[];
}

export interface BtfMember {
  /** Empty if it is anonymous. */
  readonly name: string;
  readonly type: number;
  /** From the start of the struct. */
  readonly bitOffset: number;
  /** Undefined unless it is a bitfield that says so itself; see memberBits(). */
  readonly bitSize: number | undefined;
}

export interface BtfEnum {
  readonly kind: 'enum' | 'enum64';
  readonly id: number;
  /** Empty if it is anonymous. */
  readonly name: string;
  readonly size: number;
  readonly signed: boolean;
  readonly values: readonly BtfEnumerator[];
}

export interface BtfEnumerator {
  readonly name: string;
  readonly value: bigint;
}

export interface BtfForward {
  readonly kind: 'fwd';
  readonly id: number;
  readonly name: string;
  readonly of: 'struct' | 'union';
}

export interface BtfTypedef {
  readonly kind: 'typedef';
  readonly id: number;
  readonly name: string;
  readonly type: number;
}

export interface BtfModifier {
  readonly kind: 'const' | 'volatile' | 'restrict';
  readonly id: number;
  readonly type: number;
}

/** The kernel refuses `extern`; objects for its loader have it. */
export type BtfLinkage = 'static' | 'global' | 'extern';

export interface BtfFunction {
  readonly kind: 'func';
  readonly id: number;
  readonly name: string;
  /** Its prototype. */
  readonly type: number;
  readonly linkage: BtfLinkage;
}

export interface BtfPrototype {
  readonly kind: 'func_proto';
  readonly id: number;
  readonly returns: number;
  readonly parameters: readonly BtfParameter[];
  /** Whether `...` follows the parameters. */
  readonly isVariadic: boolean;
}

export interface BtfParameter {
  /** Empty if it has none. */
  readonly name: string;
  readonly type: number;
}

export interface BtfVariable {
  readonly kind: 'var';
  readonly id: number;
  readonly name: string;
  readonly type: number;
  readonly linkage: BtfLinkage;
}

export interface BtfDataSection {
  readonly kind: 'datasec';
  readonly id: number;
  readonly name: string;
  /** 0 if it has not been linked; the offsets of its variables mean nothing then. */
  readonly size: number;
  readonly variables: readonly BtfSectionVariable[];
}

export interface BtfSectionVariable {
  readonly type: number;
  readonly offset: number;
  readonly size: number;
}

export interface BtfDeclTag {
  readonly kind: 'decl_tag';
  readonly id: number;
  readonly text: string;
  /** What is tagged. */
  readonly type: number;
  /** The member or parameter that is tagged; undefined if it is the whole. */
  readonly component: number | undefined;
  /** Whether it is an attribute, and no tag. */
  readonly isAttribute: boolean;
}

export interface BtfTypeTag {
  readonly kind: 'type_tag';
  readonly id: number;
  readonly text: string;
  readonly type: number;
  /** Whether it is an attribute, and no tag. */
  readonly isAttribute: boolean;
}
