import type { Btf } from '../btf/btf.ts';
import type { Code } from './code.ts';

/**
 * A BPF program as the bpf(2) system call would get it, but for what depends on the kernel: kfuncs and maps are named,
 * and become BTF ids and objects when a kernel judges it. Jumps, calls of subprograms and CO-RE relocations are done.
 */
export interface Program {
  readonly id: string;
  /** Without BPF_PROG_TYPE_, in lower case. */
  readonly progType: string;
  /** The number of enum bpf_attach_type; 0 where it has none. For struct_ops see `attach`. */
  readonly expectedAttachType: number;
  readonly attach: AttachTarget | undefined;
  /** BPF_F_SLEEPABLE. */
  readonly sleepable: boolean;
  readonly license: string;
  readonly code: Code;
  /** By slot: calls with src_reg 2. */
  readonly kfuncCalls: ReadonlyMap<number, KfuncCall>;
  /** By slot of the first half: BPF_LD_IMM64 that loads a map, or the address of a value in it. */
  readonly mapReferences: ReadonlyMap<number, MapReference>;
  /** By slot of the first half: BPF_LD_IMM64 of a variable of the kernel, or the address of a kfunc (src_reg 3). */
  readonly kernelVariables: ReadonlyMap<number, KernelVariable>;
  /**
   * By slot: what CO-RE relocations ask about and this kernel does not have. The instruction was replaced by a call that
   * no kernel accepts, so that it must be dead code.
   */
  readonly unresolved?: ReadonlyMap<number, string> | undefined;
  /** In the order of creation. */
  readonly maps: readonly MapSpec[];
  /** The BTF that the program is loaded with; undefined: without, so its subprograms count as static. */
  readonly btf: Btf | undefined;
  /** func_info, ascending by slot; empty if the program is loaded without. */
  readonly functions: readonly ProgramFunction[];
  /** line_info, ascending by slot; empty if there is none. */
  readonly lines: readonly SourceLine[];
}

export type AttachTarget =
  /**
   * Tracing and LSM: a function of the kernel, of tracepoints (`tp_btf`) and iterators their own name. `ext`: a function
   * of another program.
   */
  | { readonly kind: 'function'; readonly name: string }
  /** struct_ops: an operations struct, and the member that is implemented. */
  | { readonly kind: 'member'; readonly struct: string; readonly member: string };

export interface KfuncCall {
  readonly name: string;
  /** A weak symbol may be missing: the call must then be dead code. */
  readonly weak: boolean;
}

export interface MapReference {
  /** Position in `maps`. */
  readonly map: number;
  /** BPF_PSEUDO_MAP_VALUE: the byte of the first value that is pointed to. Undefined: the map itself. */
  readonly valueOffset: number | undefined;
}

export interface KernelVariable {
  readonly name: string;
  readonly weak: boolean;
}

/** What BPF_MAP_CREATE gets. */
export interface MapSpec {
  readonly name: string;
  /** Without BPF_MAP_TYPE_, in lower case. */
  readonly type: string;
  readonly keySize: number;
  readonly valueSize: number;
  readonly maxEntries: number;
  readonly flags: number;
  /** The BTF of key and value; undefined: created without. */
  readonly btf: Btf | undefined;
  /** 0: none. */
  readonly keyTypeId: number;
  /** 0: none. */
  readonly valueTypeId: number;
  /** Position of the map that is the template of a map-in-map. */
  readonly innerMap: number | undefined;
  /** Frozen before programs are loaded, as loaders do with `.rodata`. */
  readonly frozen: boolean;
  /** What the first value holds when programs are loaded, where the loader writes it; undefined: zeros. */
  readonly contents: Uint8Array | undefined;
}

export interface ProgramFunction {
  /** Its first slot. */
  readonly slot: number;
  readonly name: string;
  /** FUNC in the program's BTF. */
  readonly typeId: number;
  readonly linkage: 'static' | 'global' | 'extern';
}

export interface SourceLine {
  /** The first slot that was made of it. */
  readonly slot: number;
  readonly file: string;
  /** The line as it stands in the source; empty if the compiler left it out. */
  readonly text: string;
  /** From 1. */
  readonly line: number;
  readonly column: number;
}
