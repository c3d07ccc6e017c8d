import { Option, type Command } from 'commander';
import type { AddOptions, DtorOptions, KfuncOptions } from './add.command.ts';
import type { ExitCode } from './exit-codes.ts';
import type { Define } from './program.ts';

/** `kfuncs add kfunc` and `kfuncs add dtor`, with their options. */
export function registerAdd(program: Command, define: Define, done: (code: ExitCode) => void): void {
  const add = program
    .command('add')
    .description('a new entry in a declaration; what is there keeps its formatting')
    .exitOverride();
  const withRange = (command: Command): Command =>
    command
      .option('--since <version>', 'the first kernel with it')
      .option('--until <version>', 'the first kernel without it')
      .option('--config <condition>', 'kernel configuration under which it exists')
      .option('--prototype <prototype>', 'C prototype, where no importer has read one')
      .option('--source <path>', 'the C file that registers it (default: that of the only declaration)')
      .option('--owner <owner>', 'vmlinux or the module, for a declaration that is begun')
      .option('--dry-run', 'write nothing; print the difference');

  withRange(
    define(
      'kfunc',
      'a kfunc in a set',
      [
        'kfuncs add kfunc acme_get --source drivers/acme.c --hook xdp --flag acquire ret_null',
        'adds it to the set of that file that is registered for XDP',
      ],
      add,
    )
      .argument('<name>', 'name of the kernel function')
      .option('--set <name>', 'the set (default: the only one for just these hooks)')
      .option('--new-set', 'begin that set, where the declaration has others')
      .addOption(new Option('--hook <hook...>', 'hooks that it is for').default([], 'those of the set'))
      .addOption(new Option('--flag <flag...>', 'flags of the kfunc in the set').default([], 'none')),
  ).action(async (name: string, options: KfuncOptions & AddOptions) => {
    const { addKfuncCommand } = await import('./add.command.ts');
    done(addKfuncCommand(name, options));
  });

  withRange(
    define(
      'dtor',
      'a destructor pair',
      [
        'kfuncs add dtor --type acme --kfunc acme_put --source drivers/acme.c',
        'lets maps hold references to struct acme',
      ],
      add,
    )
      .requiredOption('--type <type>', 'BTF type whose objects it frees')
      .requiredOption('--kfunc <name>', 'the destructor'),
  ).action(async (options: DtorOptions & AddOptions) => {
    const { addDtorCommand } = await import('./add.command.ts');
    done(addDtorCommand(options));
  });
}
