import { loadProfiles } from '../../generator/declarations/load.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { print, styleOf, type CommonOptions } from './output.ts';
import { textTable } from './text-table.ts';

export interface KernelsOptions extends CommonOptions {
  readonly format: 'table' | 'json';
}

/** `kfuncs kernels`: the profiles, oldest first. */
export function kernelsCommand(options: KernelsOptions): ExitCode {
  const { kernels } = loadProfiles();
  if (options.format === 'json') {
    print(`${JSON.stringify(kernels, undefined, 2)}\n`);
    return EXIT.ok;
  }
  const rows = kernels.map(({ version, release, layout, hooks, flags, limits }) => [
    version,
    release,
    layout,
    String(limits.set_max_cnt),
    Object.keys(hooks).join(','),
    Object.keys(flags).join(','),
  ]);
  print(textTable(['KERNEL', 'RELEASE', 'LAYOUT', 'SET LIMIT', 'HOOKS', 'FLAGS'], rows, styleOf(options)));
  return EXIT.ok;
}
