import type { Hook, Kernel } from '../../generated/types/kernel.ts';

/**
 * The kfuncs of one kernel, as `generated/tables` holds them: compact, frozen, and typed with the literal names, so
 * that a misspelt kfunc, hook or flag does not compile.
 */
export interface KernelTable<
  KfuncName extends string = string,
  HookName extends string = string,
  FlagName extends string = string,
> {
  /** The kernel's profile, of which registration and lookup take hooks, layout, flags and limits. */
  readonly profile: Omit<Kernel, 'hooks' | 'flags'> & {
    readonly hooks: Readonly<Record<HookName, Hook>>;
    readonly flags: Readonly<Record<FlagName, number>>;
  };
  /** Sets in the order of source files and of registration within them. */
  readonly sets: readonly KfuncSet<KfuncName>[];
  /** Destructor pairs in the same order. */
  readonly dtors: readonly DtorPair[];
}

/** One struct btf_kfunc_id_set. */
export interface KfuncSet<KfuncName extends string = string> {
  readonly name: string;
  /** `vmlinux` or the name of a module. */
  readonly owner: string;
  /** Path of the C file that registers it. */
  readonly source: string;
  /** The program types named in its registration calls, in order: lower case, without BPF_PROG_TYPE_. */
  readonly progTypes: readonly string[];
  /** Whether it is registered by register_btf_fmodret_id_set(). */
  readonly fmodret?: boolean;
  /**
   * The C function that refuses programs its kfuncs. What it lets through is in `profile.filters`; one that is not there
   * is not known.
   */
  readonly filter?: string;
  /**
   * The kfuncs and the word of each, in turn: `[name, word, name, word, …]`. With layout id_set the word has bit n for
   * membership in set type n (bit 0, check, makes it callable); else it is the flags word, bit n the KF_ flag of bit n.
   */
  readonly kfuncs: readonly (KfuncName | number)[];
}

/** A BTF type and the destructor of its objects. */
export interface DtorPair {
  readonly type: string;
  readonly kfunc: string;
  readonly owner: string;
  readonly source: string;
}
