import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Kernel } from '../../generated/types/kernel.ts';
import { loadProfiles } from '../../generator/declarations/load.ts';
import { hookOf } from '../../generator/declarations/hook-of.ts';

/** What a kernel's sources say, read without the importer and in the kernel's words. */
interface ProfileFacts {
  readonly kernel: string;
  readonly flags: Readonly<Record<string, number>>;
  readonly hooks: Readonly<Record<string, number>>;
  /** The hook of each program type that maps to one. */
  readonly hookOf: Readonly<Record<string, string>>;
  readonly suffixes: readonly string[];
  readonly names: readonly string[];
  readonly limits: Readonly<Record<string, number>>;
  readonly checksPrototypes: boolean;
  readonly acquireReturnsObject: boolean;
  readonly moduleSets: string;
  readonly missingModuleBtf: string;
}

const FACTS = JSON.parse(readFileSync(new URL('fixtures/profiles.json', import.meta.url).pathname, 'utf8')) as {
  readonly progTypes: Readonly<Record<string, number>>;
  readonly kernels: readonly ProfileFacts[];
};

const CONSTANTS: Readonly<Record<string, keyof Kernel['limits']>> = {
  BTF_KFUNC_SET_MAX_CNT: 'set_max_cnt',
  BTF_DTOR_KFUNC_MAX_CNT: 'dtor_max_cnt',
  BTF_KFUNC_FILTER_MAX_CNT: 'filter_max_cnt',
  MAX_KFUNC_DESCS: 'kfunc_descs',
  MAX_KFUNC_BTFS: 'kfunc_btfs',
  BPF_MAP_VALUE_OFF_MAX: 'kptr_slots',
  MAX_BPF_FUNC_REG_ARGS: 'reg_args',
  MAX_BPF_FUNC_ARGS: 'func_args',
  KSYM_NAME_LEN: 'ksym_name_len',
};

const { kernels } = loadProfiles();

/** The hook that a constant of enum btf_kfunc_hook is called in profiles. */
const hookName = (constant: string): string => constant.replace('BTF_KFUNC_HOOK_', '').toLowerCase();

describe.each(FACTS.kernels.map((facts) => [facts.kernel, facts] as const))('the profile of %s', (version, facts) => {
  const kernel = kernels.find((each) => each.version === version);
  if (kernel === undefined) throw new Error(`no profile of ${version}`);

  it('has the flags', () => {
    const flags = Object.entries(facts.flags).map(([name, bit]) => [name.replace('KF_', '').toLowerCase(), bit]);
    const own = kernel.layout === 'id_set' ? {} : kernel.flags;
    expect(own).toEqual(Object.fromEntries(flags));
  });

  it('has the hooks', () => {
    const hooks = Object.entries(facts.hooks).filter(([name]) => hookName(name) !== 'max');
    const own = Object.entries(kernel.hooks).map(([name, hook]) => [name, hook.value]);
    expect(Object.fromEntries(own)).toEqual(
      Object.fromEntries(hooks.map(([name, value]) => [hookName(name), value])),
    );
  });

  it('maps program types to hooks', () => {
    const types = kernel.prog_types.map((type) => [`BPF_PROG_TYPE_${type.toUpperCase()}`, hookOf(kernel, type)]);
    const mapped = Object.entries(facts.hookOf).map(([type, hook]) => [type, hookName(hook)]);
    expect(Object.fromEntries(types.filter(([, hook]) => hook !== undefined))).toEqual(Object.fromEntries(mapped));
  });

  it('numbers the program types', () => {
    const own = kernel.prog_types.map((type, value) => [`BPF_PROG_TYPE_${type.toUpperCase()}`, value]);
    expect(FACTS.progTypes).toMatchObject(Object.fromEntries(own));
  });

  it('has the limits', () => {
    const limits = Object.entries(facts.limits).map(([constant, value]) => [CONSTANTS[constant], value]);
    expect(kernel.limits).toEqual(Object.fromEntries(limits));
  });

  it('has the parameter names that mean something', () => {
    const { suffixes, names } = kernel.args;
    expect({ suffixes: suffixes.toSorted(), names: names.toSorted() }).toEqual({
      suffixes: facts.suffixes,
      names: facts.names,
    });
  });

  it('registers and checks calls as the kernel does', () => {
    const { registration, calls } = kernel;
    expect({
      checksPrototypes: registration.prototypes === 'checked',
      acquireReturnsObject: calls.acquire_result === 'object',
      moduleSets: registration.module_sets,
      missingModuleBtf: registration.missing_module_btf,
    }).toEqual({
      checksPrototypes: facts.checksPrototypes,
      acquireReturnsObject: facts.acquireReturnsObject,
      moduleSets: facts.moduleSets,
      missingModuleBtf: facts.missingModuleBtf,
    });
  });
});
