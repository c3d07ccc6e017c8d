import type { Flag, Hook, ProgType } from '../../generated/types/declaration.ts';
import type { Definition, Imported } from '../../generated/types/imported.ts';
import type { Kernel } from '../../generated/types/kernel.ts';
import type { ConfigExpression } from '../c/config-expression.ts';
import type { CSyntaxError } from '../c/syntax-error.ts';
import type { Prototype } from '../c/prototype.ts';
import type { SourceFile } from '../diagnostics/source-file.ts';
import type { KernelRange } from './kernel-range.ts';
import type { Model } from './model.ts';
import type { Place } from './place.ts';

/** Everything that was declared, with the places it stands at, and its projection on each kernel. */
export interface Registry {
  /** All profiles, oldest first; ranges are indexes into it. */
  readonly kernels: readonly Kernel[];
  readonly files: readonly DeclaredFile[];
  /** The kernels that were asked for, by default all. */
  readonly model: Model;
}

/** A declaration file. */
export interface DeclaredFile {
  readonly file: SourceFile;
  readonly source: string;
  readonly owner: string;
  readonly license: string | undefined;
  readonly description: string | undefined;
  readonly config: DeclaredConfig | undefined;
  readonly range: KernelRange;
  readonly sets: readonly DeclaredSet[];
  readonly dtors: readonly DeclaredDtor[];
  readonly prototypes: readonly DeclaredPrototype[];
  readonly imported: ImportedFile | undefined;
  /** Whether nothing was taken out because it does not fit the schema: else what is missing may have been declared. */
  readonly isWhole: boolean;
  /** Every range written in the file. */
  readonly ranges: readonly DeclaredRange[];
  readonly place: Place;
}

/** What machines read from source trees, beside a declaration. */
export interface ImportedFile {
  readonly file: SourceFile;
  readonly data: Imported;
  /** The prototype of a definition, read once. */
  readonly prototypeOf: (definition: Definition) => Prototype | CSyntaxError;
}

export interface DeclaredSet {
  readonly name: string;
  readonly description: string | undefined;
  readonly config: DeclaredConfig | undefined;
  readonly range: KernelRange;
  readonly hooks: readonly Ranged<Hook>[];
  readonly progTypes: readonly Ranged<ProgType>[];
  readonly filters: readonly Ranged<string>[];
  readonly kfuncs: readonly DeclaredKfunc[];
  readonly place: Place;
}

export interface DeclaredKfunc {
  readonly name: string;
  readonly flags: readonly Ranged<Flag>[];
  readonly check: boolean;
  readonly config: DeclaredConfig | undefined;
  readonly range: KernelRange;
  readonly place: Place;
  /** Where the name stands: the entry itself where it is a bare name. */
  readonly namePlace: Place;
}

export interface DeclaredDtor {
  readonly type: string;
  readonly kfunc: string;
  readonly config: DeclaredConfig | undefined;
  readonly range: KernelRange;
  readonly place: Place;
}

/** A value, and the kernels for which it holds: its own range within those of the entries around it. */
export interface Ranged<T> {
  readonly value: T;
  readonly range: KernelRange;
  readonly place: Place;
}

/** `since` and `until` of an entry as they are written. */
export interface DeclaredRange {
  readonly since: string | undefined;
  readonly until: string | undefined;
  /** What they say alone; an unknown kernel bounds nothing. */
  readonly own: KernelRange;
  /** The range of the entry around it. */
  readonly outer: KernelRange;
  readonly place: Place;
}

/** A config condition as it is written, and read. */
export interface DeclaredConfig {
  readonly text: string;
  readonly parsed: ConfigExpression | CSyntaxError;
  readonly place: Place;
}

/** A prototype of the declaration itself. */
export interface DeclaredPrototype {
  readonly text: string;
  readonly parsed: Prototype | CSyntaxError;
  readonly range: KernelRange;
  readonly place: Place;
}
