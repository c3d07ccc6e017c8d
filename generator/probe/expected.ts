import { kfuncEntries, type KfuncEntry } from '../declarations/entries.ts';
import type { KernelModel } from '../declarations/model.ts';
import { callersOf } from '../diff/view-kernel.ts';
import { FMODRET } from './answers.ts';

/** Extensions count as the type of what they extend, so that nothing can be asked of them. */
const EXTENSION = 'ext';

/** A kfunc that the registry has for a kernel, as one owner registers it. */
export interface ExpectedKfunc {
  readonly name: string;
  readonly owner: string;
  /** Program types, and `fmodret`, each with the entries that allow it. */
  readonly types: ReadonlyMap<string, readonly KfuncEntry[]>;
}

/** What the registry says of a kernel, in the terms in which a probe asks. */
export interface Expected {
  readonly kfuncs: readonly ExpectedKfunc[];
  /** Those that are for programs of all types, also of types that are newer than the registry. */
  readonly isCommon: (kfunc: ExpectedKfunc) => boolean;
}

/** The kfuncs of a kernel with the program types that may call them: all that map to a hook of one of their sets. */
export function expectedKfuncs(model: KernelModel): Expected {
  const kfuncs = new Map<string, { name: string; owner: string; types: Map<string, KfuncEntry[]> }>();
  const common = new Set<ExpectedKfunc>();
  for (const entry of kfuncEntries(model)) {
    if (!entry.kfunc.check) {
      continue;
    }
    const { name } = entry.kfunc;
    const { owner } = entry.source;
    const key = `${owner}\0${name}`;
    const kfunc = kfuncs.get(key) ?? { name, owner, types: new Map<string, KfuncEntry[]>() };
    kfuncs.set(key, kfunc);
    if (entry.hook === 'common') {
      common.add(kfunc);
    }
    const types = entry.hook === FMODRET ? [FMODRET] : callersOf(model.kernel, entry.hook);
    for (const type of types.filter((each) => each !== EXTENSION)) {
      kfunc.types.set(type, [...(kfunc.types.get(type) ?? []), entry]);
    }
  }
  return { kfuncs: [...kfuncs.values()], isCommon: (kfunc) => common.has(kfunc) };
}
