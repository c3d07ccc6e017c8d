import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { validate } from '../../../../generated/types/kernel.validate.js';
import { loadProfiles } from '../../../../generator/declarations/load.ts';
import { PACKAGE_ROOT } from '../../../../generator/declarations/package-files.ts';
import { importProfile } from '../../../../generator/importers/profile/import-profile.ts';
import { printProfile } from '../../../../generator/importers/profile/print-profile.ts';
import { memoryTree } from '../memory-tree.ts';
import { laterKernel } from '../kernels.ts';

/** The parts of a made-up kernel that a profile is read out of. */
const FILES = {
  Makefile: 'VERSION = 9\nPATCHLEVEL = 4\nSUBLEVEL = 17\nEXTRAVERSION =\n',
  'include/uapi/linux/bpf.h':
    'enum bpf_prog_type {\n BPF_PROG_TYPE_UNSPEC,\n BPF_PROG_TYPE_XDP, /* x */\n BPF_PROG_TYPE_LSM,\n __MAX_BPF_PROG_TYPE\n};',
  'include/linux/kallsyms.h': '#define KSYM_NAME_LEN 64',
  'include/linux/bpf.h': '#define MAX_BPF_FUNC_ARGS 12\n#define MAX_BPF_FUNC_REG_ARGS 5\n',
  'include/linux/btf.h':
    '#define KF_LATE (1 << 7)\n#define KF_ACQUIRE\t(1 << 0) /* KF_NONE */\n#define KF_MASK (KF_ACQUIRE | KF_LATE)\n',
  'kernel/bpf/verifier.c': `
#define MAX_KFUNC_DESCS 256
#define MAX_KFUNC_BTFS 0x100
static bool is_kfunc_arg_size(const struct btf_param *arg) { return match_suffix(arg, "__sz"); }
static bool other(const struct btf_param *arg) { return match_suffix(arg, "__other"); }
static int check(void) { return is_kfunc_arg_with_name(arg, "fill_size"); }
`,
  'kernel/bpf/btf.c': `
enum btf_kfunc_hook { BTF_KFUNC_HOOK_XDP, BTF_KFUNC_HOOK_TRACING, BTF_KFUNC_HOOK_MAX, };
enum { BTF_KFUNC_SET_MAX_CNT = 32, };
static int btf_populate_kfunc_set(struct btf *btf)
{
	if (!vmlinux_set) {
		tab->sets[hook] = add_set;
		return 0;
	}
}
static int bpf_prog_type_to_kfunc_hook(enum bpf_prog_type prog_type)
{
	switch (prog_type) {
	case BPF_PROG_TYPE_XDP:
		return BTF_KFUNC_HOOK_XDP;
	case BPF_PROG_TYPE_LSM:
		return BTF_KFUNC_HOOK_TRACING;
	default:
		return BTF_KFUNC_HOOK_MAX;
	}
}
int register_btf_kfunc_id_set(enum bpf_prog_type prog_type, const struct btf_kfunc_id_set *kset)
{
	if (!kset->owner && IS_ENABLED(CONFIG_DEBUG_INFO_BTF))
		return -ENOENT;
	if (kset->owner && IS_ENABLED(CONFIG_DEBUG_INFO_BTF_MODULES)) {
		pr_err("missing");
		return -ENOENT;
	}
	return 0;
}
`,
} as const;

function profileWith(changes: Readonly<Partial<Record<keyof typeof FILES, (text: string) => string>>>) {
  const files = Object.entries(FILES).map(([path, text]) => [
    path,
    changes[path as keyof typeof FILES]?.(text) ?? text,
  ]);
  return importProfile(memoryTree(Object.fromEntries(files) as Record<string, string>));
}

describe('a profile', () => {
  it('is read out of a tree', () => {
    const { kernel, problems } = profileWith({});
    expect(problems).toEqual([]);
    expect(kernel).toEqual({
      version: 'v9.4',
      release: '9.4.17',
      layout: 'id_set8',
      hooks: { xdp: { value: 0, prog_types: ['xdp'] }, tracing: { value: 1, prog_types: ['lsm'] } },
      prog_types: ['unspec', 'xdp', 'lsm'],
      flags: { acquire: 0, late: 7 },
      args: { suffixes: ['__sz'], names: ['fill_size'] },
      limits: { set_max_cnt: 32, kfunc_descs: 256, kfunc_btfs: 256, reg_args: 5, func_args: 12, ksym_name_len: 64 },
      registration: { module_sets: 'assigned', missing_module_btf: 'enoent', prototypes: 'unchecked' },
      calls: { acquire_result: 'pointer' },
    });
  });

  it.each([
    [
      'a set a flag',
      {
        'include/linux/btf.h': () =>
          'enum btf_kfunc_type { BTF_KFUNC_TYPE_CHECK, BTF_KFUNC_TYPE_KPTR_ACQUIRE, BTF_KFUNC_TYPE_MAX };',
      },
      { layout: 'id_set', set_types: ['check', 'kptr_acquire'], flags: { kptr_get: 1 } },
    ],
    [
      'marked sets',
      { 'kernel/bpf/btf.c': (text: string) => `${text}bool is_marked(u32 f) { return f & BTF_SET8_KFUNCS; }` },
      { layout: 'kfuncs' },
    ],
    [
      'copied sets',
      { 'kernel/bpf/btf.c': (text: string) => text.replace('tab->sets[hook] = add_set;', '') },
      { registration: { module_sets: 'copied', missing_module_btf: 'enoent' } },
    ],
    [
      'prototypes that are checked at registration',
      {
        'kernel/bpf/btf.c': (text: string) =>
          text
            .replace('int register_btf_kfunc_id_set(', 'int __register_btf_kfunc_id_set(')
            .replace('return 0;\n}\n', 'return btf_check_kfunc_protos(btf, id, flags);\n}\n'),
      },
      { registration: { prototypes: 'checked' } },
    ],
    [
      'acquire kfuncs that must return an object',
      {
        'kernel/bpf/verifier.c': (text: string) =>
          `${text}static int check_kfunc_call(void) { if (is_kfunc_acquire(&meta) && !btf_type_is_struct_ptr(meta.btf, t)) return -EINVAL; }`,
      },
      { calls: { acquire_result: 'object' } },
    ],
    [
      'a warning for modules without BTF, told by a function of its own, for destructors too',
      {
        'kernel/bpf/btf.c': (text: string) =>
          `${text.replaceAll(/if \(kset->owner[^}]*\}/g, 'return check_btf_kconfigs(kset->owner);')}
int register_btf_id_dtor_kfuncs(void) { return check_btf_kconfigs(owner); }
static int check_btf_kconfigs(const struct module *module)
{
	if (!module)
		return -ENOENT;
	if (module && IS_ENABLED(CONFIG_DEBUG_INFO_BTF_MODULES))
		pr_warn("missing");
	return 0;
}`,
      },
      {
        registration: {
          module_sets: 'assigned',
          missing_module_btf: 'success',
          missing_module_btf_dtors: 'success',
        },
      },
    ],
  ])('knows %s', (_, changes, expected) => {
    expect(profileWith(changes).kernel).toMatchObject(expected);
  });

  it('is none where something is missing, and says what', () => {
    const { kernel, problems } = profileWith({
      Makefile: () => '',
      'kernel/bpf/btf.c': (text) => text.replace('btf_kfunc_hook', 'other'),
    });
    expect(kernel).toBeUndefined();
    expect(problems).toEqual([
      { file: 'Makefile', line: 1, reason: 'the version was not found' },
      { file: 'kernel/bpf/btf.c', line: 1, reason: 'enum btf_kfunc_hook was not found' },
    ]);
  });
});

describe('a printed profile', () => {
  it.each(loadProfiles().kernels.map((kernel) => [kernel.version, kernel] as const))(
    'is the file of %s',
    (version, kernel) => {
      const file = readFileSync(join(PACKAGE_ROOT, 'registry', 'kernels', `${version}.yaml`), 'utf8');
      expect(printProfile(kernel)).toBe(file);
    },
  );

  it('is what the schema accepts, for a later kernel', () => {
    expect(validate(laterKernel('v6.12'))).toBe(true);
    expect(printProfile(laterKernel('v6.12'))).toContain('fmodret: { value: 6, prog_types: [] }');
  });
});
