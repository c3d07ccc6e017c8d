/** What every new entry may say. */
export interface EntryRequest {
  /** Path of the C file whose declaration gets the entry. */
  readonly source: string;
  /** For a declaration that is begun: who registers. For one that is there it must agree. */
  readonly owner?: string;
  readonly since?: string;
  readonly until?: string;
  readonly config?: string;
  readonly prototype?: string;
}

/** A kfunc that is to be added to a set. */
export interface KfuncRequest extends EntryRequest {
  readonly kind: 'kfunc';
  readonly name: string;
  readonly flags: readonly string[];
  /** The hooks that it is for; they choose the set where none is named. */
  readonly hooks: readonly string[];
  readonly set?: string;
  /** Whether a set may be begun in a declaration that has sets. */
  readonly newSet: boolean;
}

/** A destructor pair that is to be added. */
export interface DtorRequest extends EntryRequest {
  readonly kind: 'dtor';
  readonly type: string;
  readonly kfunc: string;
}

export type AddRequest = KfuncRequest | DtorRequest;
