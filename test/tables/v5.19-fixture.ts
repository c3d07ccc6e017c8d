import { readFileSync } from 'node:fs';
import type { DtorPair, KernelTable, KfuncSet } from '../../src/tables/kernel-table.ts';
import { kernel } from './profiles.ts';

interface Fixture {
  /** As the C files have them. */
  readonly sets: readonly {
    readonly name: string;
    readonly owner: string;
    readonly source: string;
    readonly prog_type: string;
    readonly members: Readonly<Record<string, readonly string[]>>;
  }[];
  readonly dtors: readonly DtorPair[];
  /** As a booted kernel answered, with everything but bpf_testmod built in. */
  readonly callable: readonly { readonly hook: string; readonly kfunc: string; readonly flags: readonly string[] }[];
}

export const FIXTURE = JSON.parse(readFileSync(new URL('./fixtures/v5.19.json', import.meta.url), 'utf8')) as Fixture;

/** The modules that were built into that kernel. */
export const BUILT_IN = ['nf_conntrack', 'tcp_cubic', 'tcp_dctcp', 'tcp_bbr'];

const profile = kernel('v5.19');

/** The fixture as a generated table would have it. */
export const V5_19: KernelTable = {
  profile,
  dtors: FIXTURE.dtors,
  sets: FIXTURE.sets.map((set): KfuncSet => {
    const words = new Map<string, number>();
    for (const [type, setType] of (profile.set_types ?? []).entries()) {
      for (const name of set.members[setType] ?? []) words.set(name, (words.get(name) ?? 0) | (1 << type));
    }
    const { name, owner, source } = set;
    return { name, owner, source, progTypes: [set.prog_type], kfuncs: [...words].flat() };
  }),
};
