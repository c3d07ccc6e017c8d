import type { Kernel, SetType } from '../../../generated/types/kernel.ts';
import { constantOf, enumMembers, integerOf } from '../c/constants.ts';
import { lex } from '../c/lex.ts';
import { preprocess, type Preprocessed } from '../c/preprocess.ts';
import type { Problem } from '../tree/problem.ts';
import type { SourceTree } from '../tree/source-tree.ts';
import { readArgs } from './args.ts';
import { readCalls } from './calls.ts';
import { readHooks } from './hooks.ts';
import { readRegistration } from './registration.ts';

/** Where the constants are that bound what can be registered, the first file that defines one decides. */
const LIMITS: Readonly<Record<keyof Kernel['limits'], string>> = {
  set_max_cnt: 'BTF_KFUNC_SET_MAX_CNT',
  dtor_max_cnt: 'BTF_DTOR_KFUNC_MAX_CNT',
  filter_max_cnt: 'BTF_KFUNC_FILTER_MAX_CNT',
  kfunc_descs: 'MAX_KFUNC_DESCS',
  kfunc_btfs: 'MAX_KFUNC_BTFS',
  reg_args: 'MAX_BPF_FUNC_REG_ARGS',
  func_args: 'MAX_BPF_FUNC_ARGS',
  ksym_name_len: 'KSYM_NAME_LEN',
  kptr_slots: 'BPF_MAP_VALUE_OFF_MAX',
};
const LIMIT_FILES = [
  'kernel/bpf/btf.c',
  'kernel/bpf/verifier.c',
  'include/linux/bpf_verifier.h',
  'include/linux/bpf.h',
  'include/linux/kallsyms.h',
];

/** A profile as it was read, and what could not be found; without one where too little was. */
export interface ImportedProfile {
  readonly kernel: Kernel | undefined;
  readonly problems: readonly Problem[];
}

/** Reads a kernel's profile out of its source tree. */
export function importProfile(tree: SourceTree): ImportedProfile {
  const problems: Problem[] = [];
  const read = new Map<string, Preprocessed>();
  const fileOf = (path: string): Preprocessed => {
    const known = read.get(path) ?? preprocess(lex(tree.read(path) ?? ''));
    read.set(path, known);
    return known;
  };
  const demand = <T>(value: T | undefined, file: string, what: string): T | undefined => {
    if (value === undefined) {
      problems.push({ file, line: 1, reason: `${what} was not found` });
    }
    return value;
  };
  const btf = fileOf('kernel/bpf/btf.c');
  const header = fileOf('include/linux/btf.h');
  const release = demand(releaseOf(tree.read('Makefile') ?? ''), 'Makefile', 'the version');
  const hooks = demand(readHooks(btf.tokens), 'kernel/bpf/btf.c', 'enum btf_kfunc_hook');
  const types = enumMembers(fileOf('include/uapi/linux/bpf.h').tokens, 'bpf_prog_type');
  const progTypes = demand(types, 'include/uapi/linux/bpf.h', 'enum bpf_prog_type');
  const limits = readLimits(fileOf);
  for (const name of ['set_max_cnt', 'kfunc_descs', 'kfunc_btfs', 'reg_args', 'func_args', 'ksym_name_len'] as const) {
    demand(limits[name], LIMIT_FILES[0] ?? '', LIMITS[name]);
  }
  if (release === undefined || hooks === undefined || progTypes === undefined || problems.length > 0) {
    return { kernel: undefined, problems };
  }
  const setTypes = setTypesOf(header);
  const kernel: Kernel = {
    version: `v${release.split('.').slice(0, 2).join('.')}`,
    release,
    layout: setTypes !== undefined ? 'id_set' : isMarked(btf) ? 'kfuncs' : 'id_set8',
    ...(setTypes === undefined ? {} : { set_types: [...setTypes] }),
    hooks,
    prog_types: [...progTypes.keys()].flatMap((name) => /^BPF_PROG_TYPE_(\w+)$/.exec(name)?.[1]?.toLowerCase() ?? []),
    flags: setTypes === undefined ? flagBits(header) : flagTypes(setTypes),
    args: readArgs(tree, fileOf),
    limits: limits as Kernel['limits'],
    registration: readRegistration(btf.tokens),
    calls: readCalls(fileOf('kernel/bpf/verifier.c').tokens),
  };
  return { kernel, problems };
}

function releaseOf(makefile: string): string | undefined {
  const parts = ['VERSION', 'PATCHLEVEL', 'SUBLEVEL'].map(
    (name) => new RegExp(`^${name}\\s*=\\s*(\\d+)\\s*$`, 'm').exec(makefile)?.[1],
  );
  return parts.includes(undefined) ? undefined : parts.join('.');
}

function readLimits(fileOf: (path: string) => Preprocessed): Partial<Kernel['limits']> {
  const limits = Object.entries(LIMITS).flatMap(([limit, constant]) => {
    const values = LIMIT_FILES.map((path) => constantOf(fileOf(path), constant));
    const value = values.find((each) => each !== undefined);
    return value === undefined ? [] : [[limit, value]];
  });
  return Object.fromEntries(limits) as Partial<Kernel['limits']>;
}

/** enum btf_kfunc_type, which kernels with a set a flag have. */
function setTypesOf({ tokens }: Preprocessed): readonly SetType[] | undefined {
  const members = enumMembers(tokens, 'btf_kfunc_type');
  const names = [...(members?.keys() ?? [])].map((name) => name.replace('BTF_KFUNC_TYPE_', '').toLowerCase());
  return members === undefined ? undefined : (names.filter((name) => name !== 'max') as SetType[]);
}

/** Whether registration asks for the mark of BTF_KFUNCS_START() on a set. */
function isMarked({ tokens }: Preprocessed): boolean {
  return tokens.some(({ text }) => text === 'BTF_SET8_KFUNCS');
}

/** KF_… by bit. */
function flagBits({ macros }: Preprocessed): Record<string, number> {
  const bits = [...macros.values()].flatMap(({ name, body }): [string, number][] => {
    const value = name.startsWith('KF_') ? integerOf(body) : undefined;
    return value === undefined ? [] : [[name.slice('KF_'.length).toLowerCase(), Math.log2(value)]];
  });
  return Object.fromEntries(bits.toSorted(([, a], [, b]) => a - b));
}

/** The set types that stand for flags; that of kptr_get is called kptr_acquire. */
function flagTypes(types: readonly SetType[]): Record<string, number> {
  const flags = types.map((type, value): [string, number] => [type === 'kptr_acquire' ? 'kptr_get' : type, value]);
  return Object.fromEntries(flags.filter(([flag]) => flag !== 'check'));
}
