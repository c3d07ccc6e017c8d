import type { Kernel } from '../../../generated/types/kernel.ts';
import { loadProfiles } from '../../../generator/declarations/load.ts';

/** A profile of the package. */
export function profile(version: string): Kernel {
  const found = loadProfiles().kernels.find((kernel) => kernel.version === version);
  if (found === undefined) {
    throw new Error(`no profile of ${version}`);
  }
  return found;
}

/** A made-up kernel as later ones are: marked sets, filters, and the hooks common and fmodret. */
export function laterKernel(version: string): Kernel {
  const base = profile('v6.1');
  return {
    ...base,
    version,
    release: `${version.slice(1)}.0`,
    layout: 'kfuncs',
    hooks: {
      common: { value: 0, prog_types: ['unspec'] },
      ...Object.fromEntries(
        Object.entries(base.hooks).map(([name, hook]) => [name, { ...hook, value: hook.value + 1 }]),
      ),
      fmodret: { value: 6, prog_types: [] },
      cgroup: { value: 7, prog_types: ['cgroup_skb', 'cgroup_sock'] },
    },
    limits: { ...base.limits, filter_max_cnt: 16 },
    registration: { ...base.registration, module_sets: 'copied' },
  };
}
