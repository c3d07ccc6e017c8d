import { join } from 'node:path';
import { loadProfiles, loadRegistry } from '../../generator/declarations/load.ts';
import { PACKAGE_ROOT } from '../../generator/declarations/package-files.ts';
import type { KernelModel } from '../../generator/declarations/model.ts';

const loaded = loadRegistry([join(PACKAGE_ROOT, 'registry')], loadProfiles());

/** What the registry of this project declares for a kernel. */
export function modelOf(kernel: string): KernelModel {
  const model = loaded.registry.model.kernels.find((each) => each.kernel.version === kernel);
  if (model === undefined) {
    throw new Error(`the registry has no kernel ${kernel}`);
  }
  return model;
}
