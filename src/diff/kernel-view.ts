/** The prototype of a kfunc, as far as who calls it sees it. */
export interface PrototypeView {
  /** The whole, in kernel spelling. */
  readonly text: string;
  readonly returns: { readonly text: string };
  readonly params: readonly { readonly type: { readonly text: string }; readonly name: string }[];
  readonly isVariadic: boolean;
}

/** A kfunc as the programs of a kernel see it: its sets put together. */
export interface KfuncView {
  readonly name: string;
  readonly owners: ReadonlySet<string>;
  /** Program types by name, each with the flags that hold for it. */
  readonly progTypes: ReadonlyMap<string, ReadonlySet<string>>;
  /** Config conditions; empty text where a set has none. */
  readonly conditions: ReadonlySet<string>;
  readonly prototype: PrototypeView | undefined;
}

/** What BPF programs see of a kernel. */
export interface KernelView {
  /** The flags that it knows. */
  readonly flags: ReadonlySet<string>;
  readonly kfuncs: ReadonlyMap<string, KfuncView>;
  /** Destructors by BTF type. */
  readonly dtors: ReadonlyMap<string, { readonly kfunc: string; readonly owner: string }>;
}
