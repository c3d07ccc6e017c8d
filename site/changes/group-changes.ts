import type { KernelChange } from '../../src/diff/compare-kernels.ts';

/** Changes of one kind. */
export interface ChangeGroup {
  readonly breaking: boolean;
  readonly kind: KernelChange['kind'];
  readonly title: string;
  /** How many names it is about. */
  readonly count: number;
  readonly messages: readonly MessageGroup[];
}

/** What is said of several names alike. */
export interface MessageGroup {
  readonly message: string;
  readonly names: readonly string[];
}

/** What kinds are called, in the order in which they are shown. */
const TITLES: Readonly<Record<KernelChange['kind'], string>> = {
  'kfunc-removed': 'Kfuncs that are gone',
  'prog-type-removed': 'Program types that lost a kfunc',
  'dtor-removed': 'Destructors that are gone',
  prototype: 'Prototypes that changed',
  'flag-added': 'Flags that came',
  'flag-removed': 'Flags that went',
  'kfunc-added': 'New kfuncs',
  'prog-type-added': 'Program types that gained a kfunc',
  'dtor-added': 'New destructors',
  'dtor-changed': 'Destructors that changed',
  config: 'Conditions that changed',
  owner: 'Owners that changed',
  'parameter-name': 'Parameters with another name',
};

/** Puts changes together by kind, breaking ones first; within a kind, what is said of several alike. */
export function groupChanges(changes: readonly KernelChange[]): readonly ChangeGroup[] {
  const kinds = Object.entries(TITLES) as [KernelChange['kind'], string][];
  return [true, false].flatMap((breaking) =>
    kinds.flatMap(([kind, title]): readonly ChangeGroup[] => {
      const ofKind = changes.filter((change) => change.kind === kind && change.breaking === breaking);
      return ofKind.length === 0 ? [] : [{ breaking, kind, title, count: ofKind.length, messages: byMessage(ofKind) }];
    }),
  );
}

function byMessage(changes: readonly KernelChange[]): readonly MessageGroup[] {
  const names = new Map<string, string[]>();
  for (const { message, name } of changes) {
    const known = names.get(message);
    if (known === undefined) names.set(message, [name]);
    else known.push(name);
  }
  return [...names].map(([message, all]) => ({ message, names: all }));
}
