import { readFileSync, readdirSync } from 'node:fs';
import { parse } from 'yaml';
import type { Kernel } from '../../generated/types/kernel.ts';
import { validate } from '../../generated/types/kernel.validate.js';

const folder = new URL('../../registry/kernels/', import.meta.url);

function read(file: string): Kernel {
  const profile: unknown = parse(readFileSync(new URL(file, folder), 'utf8'));
  if (!validate(profile)) throw new TypeError(`${file} is no kernel profile`);
  return profile;
}

/** The profiles of the registry. */
export const REAL_KERNELS: readonly Kernel[] = readdirSync(folder)
  .filter((file) => file.endsWith('.yaml'))
  .map(read);

/** A profile of the registry by its version. */
export function kernel(version: string): Kernel {
  const found = REAL_KERNELS.find((profile) => profile.version === version);
  if (found === undefined) throw new RangeError(`no profile ${version}`);
  return found;
}

const v61 = kernel('v6.1');

/** A made-up kernel with the hooks common and fmodret, and filters of which it takes two a hook. */
export const COMMON_HOOK: Kernel = {
  ...v61,
  version: 'v90.1',
  hooks: {
    common: { value: 0, prog_types: ['unspec'] },
    xdp: { value: 1, prog_types: ['xdp'] },
    tc: { value: 2, prog_types: ['sched_cls'] },
    fmodret: { value: 3, prog_types: [] },
  },
  limits: { ...v61.limits, set_max_cnt: 4, filter_max_cnt: 2 },
};

/** A made-up kernel that takes marked sets only, and copies those of modules. */
export const COPIES_MODULE_SETS: Kernel = {
  ...COMMON_HOOK,
  version: 'v90.2',
  layout: 'kfuncs',
  registration: {
    module_sets: 'copied',
    missing_module_btf: 'success',
    missing_module_btf_dtors: 'success',
    prototypes: 'checked',
  },
  calls: { acquire_result: 'object' },
};
