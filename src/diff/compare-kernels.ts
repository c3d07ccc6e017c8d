import type { Change } from '../../generated/types/diff.ts';
import { comparePrototypes } from './compare-prototypes.ts';
import type { KernelView, KfuncView } from './kernel-view.ts';

/** A change of one kernel; the kernels are added when changes are put together. */
export type KernelChange = Omit<Change, 'kernels'>;

/** Flags whose coming asks more of a caller, or changes what a call does with references. */
const BREAKS_COMING = new Set([
  'acquire',
  'release',
  'ret_null',
  'kptr_get',
  'trusted_args',
  'sleepable',
  'destructive',
  'rcu',
  'rcu_protected',
  'iter_new',
  'iter_next',
  'iter_destroy',
]);

/** Flags whose going changes what a call does with references: what was released can't be any more, and the like. */
const BREAKS_GOING = new Set(['acquire', 'release', 'kptr_get', 'iter_new', 'iter_next', 'iter_destroy']);

/**
 * Flags that became the rule: from v7.0 on there is no KF_TRUSTED_ARGS, since every kfunc behaves as if it had it
 * (kernel/bpf/verifier.c, check_kfunc_args()). That it goes loosens nothing.
 */
const BECAME_THE_RULE = new Set(['trusted_args']);

/** How one kernel differs from another for the programs that it runs. */
export function compareKernels(old: KernelView, now: KernelView): readonly KernelChange[] {
  const changes: KernelChange[] = [];
  for (const [name, before] of old.kfuncs) {
    const after = now.kfuncs.get(name);
    changes.push(...(after === undefined ? [removed(before)] : compareKfunc(before, after, now.flags)));
  }
  for (const [name, after] of now.kfuncs) {
    if (!old.kfuncs.has(name)) {
      changes.push(added(after));
    }
  }
  return [...changes, ...compareDtors(old, now)];
}

/** Changes in the order in which people should read them: breaking ones first, then by name. */
export function breakingFirst<T extends KernelChange>(changes: readonly T[]): readonly T[] {
  const key = ({ breaking, name, kind, message }: KernelChange): string =>
    [breaking ? 0 : 1, name, kind, message].join('\0');
  return changes.toSorted((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}

function removed(kfunc: KfuncView): KernelChange {
  return change('kfunc-removed', true, kfunc, `it is gone, ${forWhom(kfunc)}`);
}

function added(kfunc: KfuncView): KernelChange {
  return change('kfunc-added', false, kfunc, `it is new, ${forWhom(kfunc)}`);
}

/** A set for the hook fmodret is called by no program: its functions are what such programs are attached to. */
function forWhom({ progTypes }: KfuncView): string {
  return progTypes.size === 0 ? 'for fmod_ret programs to be attached to' : `for ${list(progTypes.keys())} programs`;
}

function compareKfunc(before: KfuncView, after: KfuncView, known: ReadonlySet<string>): readonly KernelChange[] {
  const gone = [...before.progTypes.keys()].filter((type) => !after.progTypes.has(type));
  const come = [...after.progTypes.keys()].filter((type) => !before.progTypes.has(type));
  const prototype =
    before.prototype && after.prototype ? comparePrototypes(before.prototype, after.prototype) : undefined;
  return [
    ...(gone.length > 0
      ? [change('prog-type-removed', true, after, `${list(gone)} programs can no longer call it`)]
      : []),
    ...(come.length > 0 ? [change('prog-type-added', false, after, `${list(come)} programs can call it now`)] : []),
    ...compareFlags(before, after, known),
    ...(prototype === undefined
      ? []
      : [
          change(
            prototype.isNameOnly ? 'parameter-name' : 'prototype',
            !prototype.isNameOnly,
            after,
            prototype.message,
          ),
        ]),
    ...compareSets('config', 'condition', after, before.conditions, after.conditions),
    ...compareSets('owner', 'owner', after, before.owners, after.owners),
  ];
}

/**
 * Flags by program types that both have: a type that came or went is a change of its own.
 *
 * @param known the flags that the newer kernel knows
 */
function compareFlags(before: KfuncView, after: KfuncView, known: ReadonlySet<string>): readonly KernelChange[] {
  const went = new Map<string, string[]>();
  const came = new Map<string, string[]>();
  for (const [type, flags] of before.progTypes) {
    const now = after.progTypes.get(type);
    if (now === undefined) {
      continue;
    }
    [...flags].filter((flag) => !now.has(flag)).forEach((flag) => went.set(flag, [...(went.get(flag) ?? []), type]));
    [...now].filter((flag) => !flags.has(flag)).forEach((flag) => came.set(flag, [...(came.get(flag) ?? []), type]));
  }
  return [
    ...[...came].map(([flag, types]) =>
      change('flag-added', BREAKS_COMING.has(flag), after, `\`${flag}\` came, for ${list(types)} programs`),
    ),
    ...[...went].map(([flag, types]) =>
      change(
        'flag-removed',
        BREAKS_GOING.has(flag),
        after,
        `\`${flag}\` went, for ${list(types)} programs${whyGone(flag, known)}`,
      ),
    ),
  ];
}

function whyGone(flag: string, known: ReadonlySet<string>): string {
  if (known.has(flag)) return '';
  return BECAME_THE_RULE.has(flag)
    ? ': this kernel asks of every kfunc what it asked of those with the flag'
    : ': this kernel has no such flag';
}

function compareSets(
  kind: 'config' | 'owner',
  what: string,
  after: KfuncView,
  old: ReadonlySet<string>,
  now: ReadonlySet<string>,
): readonly KernelChange[] {
  const [was, is] = [spelled(old), spelled(now)];
  return was === is ? [] : [change(kind, false, after, `its ${what} was ${was} and is ${is}`)];
}

function compareDtors(old: KernelView, now: KernelView): readonly KernelChange[] {
  const changes: KernelChange[] = [];
  for (const [type, { kfunc, owner }] of old.dtors) {
    const after = now.dtors.get(type);
    const at = { name: type, owner };
    if (after === undefined) {
      const message = `\`struct ${type}\` has no destructor any more, so no map can hold it as a referenced kptr`;
      changes.push({ kind: 'dtor-removed', breaking: true, ...at, message });
    } else if (after.kfunc !== kfunc) {
      const message = `the destructor of \`struct ${type}\` was \`${kfunc}\` and is \`${after.kfunc}\``;
      changes.push({ kind: 'dtor-changed', breaking: false, ...at, message });
    }
  }
  for (const [type, { kfunc, owner }] of now.dtors) {
    if (!old.dtors.has(type)) {
      const message = `\`struct ${type}\` may be a referenced kptr now; \`${kfunc}\` frees it`;
      changes.push({ kind: 'dtor-added', breaking: false, name: type, owner, message });
    }
  }
  return changes;
}

function change(kind: Change['kind'], breaking: boolean, kfunc: KfuncView, message: string): KernelChange {
  return { kind, breaking, name: kfunc.name, owner: [...kfunc.owners].sort().join(', '), message };
}

function spelled(names: ReadonlySet<string>): string {
  return [...names]
    .sort()
    .map((name) => (name === '' ? 'none' : `\`${name}\``))
    .join(' or ');
}

/** More program types than any hook but the one for all has. */
const MANY = 20;

function list(names: Iterable<string>): string {
  const sorted = [...names].sort();
  return sorted.length > MANY ? 'all' : sorted.join(', ');
}
