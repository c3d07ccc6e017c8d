import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Kernel } from '../../../../generated/types/kernel.ts';
import { mustRun } from '../../../c/toolchain.ts';

const STAND_IN = fileURLToPath(new URL('../../../c/stand-in', import.meta.url));

const FUNCTIONS = `
struct acme { int number; };
struct acme *acme_acquire(unsigned long number, const char *name);
struct acme *acme_acquire(unsigned long number, const char *name) { static struct acme acme = { 1 }; acme.number += (int)number + *name; return &acme; }
void acme_release(struct acme *acme);
void acme_release(struct acme *acme) { acme->number = 0; }
int acme_number(struct acme *acme);
int acme_number(struct acme *acme) { return acme->number; }
`;

/** In an order that is not that of the ids. */
const FLAGGED = `
BTF_SET8_START(acme_ids)
BTF_ID_FLAGS(func, acme_release, KF_RELEASE)
BTF_ID_FLAGS(func, acme_number)
BTF_ID_FLAGS(func, acme_acquire, KF_ACQUIRE | KF_RET_NULL)
BTF_SET8_END(acme_ids)
const struct btf_kfunc_id_set acme_kfunc_set = { .owner = 0, .set = &acme_ids };
`;

/** The stand-in's struct has no filter. */
const FILTERED = `
BTF_KFUNCS_START(acme_ids)
BTF_ID_FLAGS(func, acme_number)
BTF_KFUNCS_END(acme_ids)
static int acme_filter(const void *program, unsigned int id) { return program != 0 && id != 0; }
const struct {
	void *owner;
	struct btf_id_set8 *set;
	int (*filter)(const void *program, unsigned int id);
} acme_kfunc_set = { 0, &acme_ids, acme_filter };
`;

const FIVE_SETS = `
BTF_SET_START(acme_check)
BTF_ID(func, acme_release)
BTF_ID(func, acme_acquire)
BTF_SET_END(acme_check)
BTF_SET_START(acme_acquires)
BTF_ID(func, acme_acquire)
BTF_ID(func, acme_number)
BTF_SET_END(acme_acquires)
BTF_SET_START(acme_releases)
BTF_ID(func, acme_release)
BTF_SET_END(acme_releases)
BTF_SET_START(not_of_kfuncs)
BTF_ID(func, acme_number)
BTF_SET_END(not_of_kfuncs)
const struct btf_kfunc_id_set acme_kfunc_set = {
	.owner = 0, .check_set = &acme_check, .acquire_set = &acme_acquires, .release_set = &acme_releases,
	.ret_null_set = &acme_acquires,
};
const void *const other = &not_of_kfuncs;
`;

const SETS = { id_set: FIVE_SETS, id_set8: FLAGGED, kfuncs: FILTERED };

/** A module as it is before its ids are resolved, with BTF of its own and no base. */
export function compileKfuncs(folder: string, kernel: Kernel): Uint8Array {
  const [source, object] = [join(folder, 'acme.c'), join(folder, 'acme.o')];
  const isFlagged = kernel.layout !== 'id_set';
  const modinfo = 'static const char modinfo[] __attribute__((section(".modinfo"), used)) = "license=GPL\\0name=acme";';
  const includes = '#include <linux/btf.h>\n#include <linux/btf_ids.h>\n';
  writeFileSync(source, `${includes}${FUNCTIONS}${SETS[kernel.layout]}${modinfo}\n`);
  const members = (kernel.set_types ?? []).map((type) => ` each(${type}_set)`).join('');
  const flags = Object.entries(kernel.flags).map(
    ([name, bit]) => `#define KF_${name.toUpperCase()} (1 << ${String(bit)})`,
  );
  const layout = isFlagged
    ? ['#define STAND_IN_MARKED_SETS', ...flags]
    : ['#define STAND_IN_FIVE_SETS', `#define STAND_IN_MEMBERS(each)${members}`];
  writeFileSync(join(folder, 'profile.h'), [...layout, 'enum bpf_prog_type { ANY };', ''].join('\n'));
  const options = ['-std=gnu11', '-O1', '-g', '-DCONFIG_DEBUG_INFO_BTF', '-DCONFIG_BPF_SYSCALL'];
  mustRun('gcc', [...options, `-I${STAND_IN}`, `-I${folder}`, '-c', source, '-o', object]);
  mustRun('pahole', ['-J', object]);
  return readFileSync(object);
}

/** The same linked, so that pointers are addresses in place of relocations. */
export function link(folder: string, object: Uint8Array): Uint8Array {
  const [input, output] = [join(folder, 'unlinked.o'), join(folder, 'linked')];
  writeFileSync(input, object);
  mustRun('ld', ['-e', '0', '-o', output, input]);
  return readFileSync(output);
}
