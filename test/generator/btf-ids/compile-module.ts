import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { mustRun } from '../../c/toolchain.ts';

const STAND_IN = fileURLToPath(new URL('../../c/stand-in', import.meta.url));

const BASE = `
struct device { int number; };
typedef struct device device_t;
int in_both(struct device *device);
int in_both(struct device *device) { return device->number; }
device_t *in_base(int number);
device_t *in_base(int number) { static device_t device; device.number = number; return &device; }
`;

const MODULE = `
#include <linux/btf.h>
#include <linux/btf_ids.h>

struct device { int number; };
struct acme { struct device device; union either { int a; long b; } either; };
typedef struct acme acme_t;

long in_both(struct device *device, long other);
long in_both(struct device *device, long other) { return device->number + other; }
acme_t *acme_acquire(int number);
acme_t *acme_acquire(int number) { static acme_t acme; acme.device.number = number; return &acme; }
void acme_release(acme_t *acme);
void acme_release(acme_t *acme) { acme->either.a = 0; }
long acme_count(const acme_t *acme, union either *either);
long acme_count(const acme_t *acme, union either *either) { return acme->either.b + either->a; }

BTF_SET8_START(acme_ids)
BTF_ID_FLAGS(func, acme_release, KF_RELEASE)
BTF_ID_FLAGS(func, gone_for_good, KF_SLEEPABLE)
BTF_ID_FLAGS(func, acme_acquire, KF_ACQUIRE | KF_RET_NULL)
BTF_ID_FLAGS(func, in_base)
BTF_ID_FLAGS(func, acme_count)
BTF_ID_FLAGS(func, also_gone, KF_ACQUIRE)
BTF_SET8_END(acme_ids)

BTF_SET_START(acme_allowed)
BTF_ID(func, in_both)
BTF_ID(func, acme_count)
BTF_ID(func, acme_acquire)
BTF_SET_END(acme_allowed)

BTF_ID_LIST(acme_types)
BTF_ID(struct, acme)
BTF_ID(func, acme_release)
BTF_ID(typedef, acme_t)
BTF_ID(union, either)
BTF_ID(struct, device)

const void *const acme_used[] = { &acme_ids, &acme_allowed, acme_types };
`;

const FLAGS =
  '#define KF_ACQUIRE 1\n#define KF_RELEASE 2\n#define KF_RET_NULL 4\n#define KF_SLEEPABLE 32\nenum bpf_prog_type { ANY };\n';

/** Compiles what stands for vmlinux. @returns the path of its BTF */
export function compileBase(folder: string): string {
  const object = compile(folder, 'base', BASE);
  mustRun('pahole', ['-J', object]);
  const btf = join(folder, 'base.btf');
  mustRun('objcopy', [`--dump-section`, `.BTF=${btf}`, object]);
  return btf;
}

/** Compiles an object with ids of every kind, sets of both kinds, and names that are not found or found twice. */
export function compileModule(folder: string, base: string): Uint8Array {
  const object = compile(folder, 'module', MODULE);
  mustRun('pahole', ['-J', '--btf_base', base, object]);
  return readFileSync(object);
}

function compile(folder: string, name: string, text: string): string {
  const [source, object] = [join(folder, `${name}.c`), join(folder, `${name}.o`)];
  writeFileSync(source, text);
  writeFileSync(join(folder, 'profile.h'), FLAGS);
  const options = ['-std=gnu11', '-O1', '-g', '-DCONFIG_DEBUG_INFO_BTF', '-DCONFIG_BPF_SYSCALL'];
  mustRun('gcc', [...options, `-I${STAND_IN}`, `-I${folder}`, '-c', source, '-o', object]);
  return object;
}
