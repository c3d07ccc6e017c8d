import type { Flag, ProgType } from '../../generated/types/declaration.ts';
import type { Kernel } from '../../generated/types/kernel.ts';
import type { ConfigExpression } from '../c/config-expression.ts';
import type { Prototype } from '../c/prototype.ts';
import type { Place } from './place.ts';

/** The declarations as the kernels see them: version ranges resolved, one projection a kernel. */
export interface Model {
  /** Oldest kernel first. */
  readonly kernels: readonly KernelModel[];
}

/** What one kernel has. */
export interface KernelModel {
  readonly kernel: Kernel;
  /** The source files that register anything in this kernel, sorted by path. */
  readonly sources: readonly SourceModel[];
}

/** What one source file registers in one kernel; kernels between which nothing of it changed share it. */
export interface SourceModel {
  /** Path of the C file. */
  readonly source: string;
  /** `vmlinux` or the name of a module. */
  readonly owner: string;
  /** SPDX expression for the generated header. */
  readonly license: string;
  readonly description: string | undefined;
  readonly config: ConfigExpression | undefined;
  /** In the order of registration. */
  readonly sets: readonly SetModel[];
  /** In the order of registration. */
  readonly dtors: readonly DtorModel[];
  readonly place: Place;
}

/** The line of something in the sources of each kernel. */
export type LinesByKernel = Readonly<Record<string, number>>;

/** One struct btf_kfunc_id_set in one kernel. */
export interface SetModel {
  readonly name: string;
  readonly description: string | undefined;
  readonly config: ConfigExpression | undefined;
  /** The program types named in the registration calls, in order. */
  readonly registrations: readonly RegistrationModel[];
  /** The C function that is its filter, in kernels that have filters. */
  readonly filter?: string;
  readonly kfuncs: readonly KfuncModel[];
  readonly place: Place;
}

/** One call of register_btf_kfunc_id_set(), or of register_btf_fmodret_id_set(). */
export interface RegistrationModel {
  /** Undefined for the hook fmodret, which no program type maps to. */
  readonly progType: ProgType | undefined;
  /** The hook that the program type maps to in this kernel. */
  readonly hook: string;
  readonly place: Place;
}

/** A kfunc in a set. */
export interface KfuncModel {
  readonly name: string;
  /** Sorted by name. */
  readonly flags: readonly Flag[];
  /** Whether it stands in the check set, which makes it callable; always true but for layout id_set. */
  readonly check: boolean;
  readonly config: ConfigExpression | undefined;
  readonly prototype: PrototypeModel | undefined;
  /** Lines of the entry in the source file, where it was read from trees. */
  readonly lines: LinesByKernel | undefined;
  readonly place: Place;
}

/** A BTF type and its destructor. */
export interface DtorModel {
  readonly type: string;
  readonly kfunc: string;
  readonly config: ConfigExpression | undefined;
  readonly prototype: PrototypeModel | undefined;
  readonly lines: LinesByKernel | undefined;
  readonly place: Place;
}

/** A prototype, and where the function is defined as far as that is known. */
export interface PrototypeModel {
  readonly prototype: Prototype;
  readonly file: string | undefined;
  readonly lines: LinesByKernel | undefined;
  readonly place: Place;
}
