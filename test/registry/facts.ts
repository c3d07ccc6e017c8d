import { readFileSync } from 'node:fs';
import type { Flag } from '../../generated/types/declaration.ts';
import type { KernelModel, KfuncModel, PrototypeModel, SetModel, SourceModel } from '../../generator/declarations/model.ts';

/** What v5.19 registers, found without the declarations: sets from its source tree, prototypes from its BTF. */
export interface RegistrationFacts {
  readonly files: readonly FileFacts[];
  readonly prototypes: Readonly<Record<string, PrototypeFacts>>;
}

/** What one source file registers, in the kernel's words. */
export interface FileFacts {
  readonly file: string;
  /** The options that must all be set for its kfuncs to exist. */
  readonly cond: readonly string[];
  readonly registrations: readonly { progType: string; set: string; members: Readonly<Record<string, string[]>> }[];
  readonly dtors?: readonly { type: string; dtor: string }[];
}

export interface PrototypeFacts {
  readonly ret: string;
  readonly params: readonly { readonly name: string; readonly type: string }[];
}

/** A kfunc that programs of a hook could call on a running kernel, with its flags sorted by name. */
export interface CallableFact {
  readonly hook: string;
  readonly kfunc: string;
  readonly flags: readonly string[];
}

/** The facts about v5.19, the types of prototypes spelled as C code spells them. */
export function factsOfV519(): RegistrationFacts {
  const text = readFixture('kfuncs-5.19.json').replaceAll('long unsigned int', 'unsigned long');
  return JSON.parse(text) as RegistrationFacts;
}

/** What a v6.1 kernel with conntrack, NAT, BBR and DCTCP as modules let programs call, sorted by hook, then kfunc. */
export function callableInV61(): readonly CallableFact[] {
  return JSON.parse(readFixture('kfuncs-6.1-vmlinux.json')) as CallableFact[];
}

/** The set pointers of struct btf_kfunc_id_set in v5.19, and which kfuncs of a set stand in each. */
const SET_POINTERS: Readonly<Record<string, (kfunc: KfuncModel) => boolean>> = {
  check_set: (kfunc) => kfunc.check,
  acquire_set: hasFlag('acquire'),
  release_set: hasFlag('release'),
  ret_null_set: hasFlag('ret_null'),
  kptr_acquire_set: hasFlag('kptr_get'),
};

/** What the model says of a source file in v5.19, but for its conditions, in the form of the facts. */
export function registrationsOf(source: SourceModel): Required<Omit<FileFacts, 'cond'>> {
  return {
    file: source.source,
    registrations: source.sets.flatMap((set) =>
      set.registrations.map((registration) => ({
        progType: `BPF_PROG_TYPE_${(registration.progType ?? registration.hook).toUpperCase()}`,
        set: set.name,
        members: membersOf(set),
      })),
    ),
    dtors: source.dtors.map((dtor) => ({ type: dtor.type, dtor: dtor.kfunc })),
  };
}

/** The prototypes of all kfuncs and destructors by name, in the form of the facts. */
export function prototypesOf(model: KernelModel): Record<string, PrototypeFacts> {
  const facts: Record<string, PrototypeFacts> = {};
  for (const [name, prototype] of functionsOf(model)) {
    if (prototype !== undefined) {
      const { returns, params } = prototype.prototype;
      facts[name] = { ret: returns.text, params: params.map(({ name, type }) => ({ name, type: type.text })) };
    }
  }
  return facts;
}

/** Every entry of a kfunc set and every destructor: its name and what is known of the function. */
export function functionsOf(model: KernelModel): readonly (readonly [string, PrototypeModel | undefined])[] {
  return model.sources.flatMap((source) => [
    ...source.sets.flatMap((set) => set.kfuncs.map((kfunc) => [kfunc.name, kfunc.prototype] as const)),
    ...source.dtors.map((dtor) => [dtor.kfunc, dtor.prototype] as const),
  ]);
}

function membersOf(set: SetModel): Record<string, string[]> {
  const members = Object.entries(SET_POINTERS).map(
    ([pointer, isIn]) => [pointer, set.kfuncs.filter(isIn).map((kfunc) => kfunc.name)] as const,
  );
  return Object.fromEntries(members.filter(([, names]) => names.length > 0));
}

function hasFlag(flag: Flag): (kfunc: KfuncModel) => boolean {
  return (kfunc) => kfunc.flags.includes(flag);
}

function readFixture(name: string): string {
  return readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8');
}
