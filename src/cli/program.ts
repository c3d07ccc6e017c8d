import { Command, Option } from 'commander';
import { packageVersion } from '../../generator/declarations/package-files.ts';
import { registerAdd } from './add-program.ts';
import type { CheckOptions } from './check.command.ts';
import type { DiffOptions } from './diff.command.ts';
import type { DtorsOptions } from './dtors.command.ts';
import type { ExitCode } from './exit-codes.ts';
import type { GenerateOptions } from './generate.command.ts';
import type { HeaderOptions } from './header.command.ts';
import type { ImportOptions } from './import.command.ts';
import type { KernelsOptions } from './kernels.command.ts';
import type { ListOptions } from './list.command.ts';
import type { CommonOptions } from './output.ts';
import type { ProbeOptions } from './probe.command.ts';
import type { ResolveOptions } from './resolve.command.ts';
import type { RulesOptions } from './rules.command.ts';
import type { ShowOptions } from './show.command.ts';
import type { ValidateOptions } from './validate.command.ts';

/** Defines a command with the options that all have; `parent` is the program where none is named. */
export type Define = (name: string, description: string, example: Example, parent?: Command) => Command;

/** The example that the help of a command ends with. */
type Example = readonly [command: string, says: string];

/**
 * All commands with their options. The body of a command is loaded when it runs: most runs need little.
 *
 * @param done gets the exit code of the command that ran
 */
export function createProgram(done: (code: ExitCode) => void): Command {
  const program = new Command('kfuncs')
    .description('A registry of BPF kernel functions: who may call what, from which kernel on.')
    .version(packageVersion(), '-V, --version')
    .exitOverride()
    .showSuggestionAfterError()
    .showHelpAfterError('(kfuncs --help lists the commands)')
    .addHelpText('after', '\nCompletion for bash, zsh, fish and powershell:\n  $ source <(kfuncs completion bash)\n');
  const command: Define = (name, description, example, parent = program) =>
    parent
      .command(name)
      .description(description)
      .exitOverride()
      .addHelpText('after', `\nExample:\n  $ ${example[0]}\n  ${example[1]}\n`)
      .addOption(
        new Option('--registry <dir>', 'registry to work on (default: registry/ here, else that of the package)'),
      )
      .addOption(new Option('--color', 'colours, even where the output is no terminal'))
      .addOption(new Option('--no-color', 'no colours'))
      .addOption(new Option('--quiet', 'no notes and no progress'));
  const choice = (flags: string, description: string, choices: readonly string[]): Option =>
    new Option(flags, description).choices(choices).default(choices[0]);

  command('validate', 'report every finding of every declaration', [
    'kfuncs validate registry/kfuncs/net --kernel v6.1',
    'judges the declarations below a folder as v6.1 would',
  ])
    .argument('[path...]', 'declaration files and folders (default: the registry)')
    .addOption(new Option('--kernel <version...>', 'judge for these kernels alone').default([], 'all'))
    .addOption(
      new Option('--btf <file...>', 'compare with the BTF of kernels and their modules as well').default([], 'none'),
    )
    .option('--fix', 'mend what there is a sure mend for, keeping the formatting')
    .addOption(choice('--format <format>', 'how to report', ['pretty', 'json', 'github', 'sarif']))
    .action(async (paths: string[], options: ValidateOptions) => {
      const { validateCommand } = await import('./validate.command.ts');
      done(await validateCommand(paths, options));
    });

  command('generate', 'write tables, JSON, C headers and documentation', [
    'kfuncs generate --target include --out /tmp/headers',
    'writes the C headers alone, to a folder of their own',
  ])
    .option('--check', 'write nothing; list the files that would change')
    .option('--out <dir>', 'output folder', 'generated')
    .addOption(new Option('--target <name...>', 'only these kinds of output').default([], 'all'))
    .addOption(new Option('--kernel <version...>', 'only what these kernels have').default([], 'all'))
    .action(async (options: GenerateOptions) => {
      const { generateCommand } = await import('./generate.command.ts');
      done(await generateCommand(options));
    });

  command('check', 'the verdict of kernels on BPF programs', [
    'kfuncs check prog.bpf.o --kernel v5.19 v6.1 --btf v5.19=vmlinux-5.19 v6.1=/boot/vmlinuz-6.1',
    'what each kernel says of every program in an object, why, and what would mend it',
  ])
    .argument('[program...]', 'BPF objects (.o), raw programs (.json), or one a line (.jsonl)')
    .addOption(
      new Option('--kernel <version...>', 'kernels that judge').default([], 'the nearest to the BTF that is given'),
    )
    .addOption(
      new Option(
        '--btf <file...>',
        'BTF of the kernel, raw or in a vmlinux or vmlinuz; host: of the one that runs here. ' +
          'For several kernels: one for all, one each in their order, or VERSION=FILE',
      ).default([], 'none'),
    )
    .addOption(
      new Option(
        '--module-btf <file...>',
        'BTF of modules that are loaded, raw or in a .ko; of one of several kernels: VERSION=FILE',
      ).default([], 'none'),
    )
    .addOption(choice('--format <format>', 'how to report', ['pretty', 'json', 'jsonl', 'sarif']))
    .option('--trace', 'show the walk through each program: every step, and the registers it changes')
    .option('--shard <i/n>', 'judge one of n parts of the programs; the JSON reports of the parts merge')
    .option('--merge', 'the arguments are JSON reports of all shards: report on them together')
    .action(async (programs: string[], options: CheckOptions) => {
      const { checkCommand } = await import('./check.command.ts');
      done(await checkCommand(programs, options));
    });

  command('list', 'the kfuncs of a kernel', [
    'kfuncs list --kernel v5.19 --hook xdp --flag acquire',
    'the kfuncs from which an XDP program gets a reference in v5.19',
  ])
    .option('--kernel <version>', 'kernel to list (default: the newest, with --btf the nearest)')
    .option('--btf <file>', 'list a kernel as the BTF of its vmlinux has it')
    .addOption(new Option('--module-btf <file...>', 'modules to list with it').default([], 'none'))
    .option('--hook <hook>', 'only those of a hook')
    .option('--flag <flag>', 'only those with a flag')
    .option('--owner <owner>', 'only those of vmlinux or of a module')
    .addOption(choice('--format <format>', 'how to print', ['table', 'json']))
    .action(async (options: ListOptions) => {
      const { listCommand } = await import('./list.command.ts');
      done(await listCommand(options));
    });

  command('dtors', 'the destructor pairs of a kernel', [
    'kfuncs dtors --kernel v6.1',
    'the types that may be referenced kptrs',
  ])
    .option('--kernel <version>', 'kernel to list (default: the newest)')
    .addOption(choice('--format <format>', 'how to print', ['table', 'json']))
    .action(async (options: DtorsOptions) => {
      const { dtorsCommand } = await import('./dtors.command.ts');
      done(await dtorsCommand(options));
    });

  command('show', 'one kfunc through all kernels', [
    'kfuncs show bpf_ct_release',
    'its hooks, flags, owner, prototype and pairs',
  ])
    .argument('<name>', 'name of the kfunc')
    .addOption(choice('--format <format>', 'how to print', ['pretty', 'json']))
    .action(async (name: string, options: ShowOptions) => {
      const { showCommand } = await import('./show.command.ts');
      done(await showCommand(name, options));
    });

  command('diff', 'what changed for BPF programs', [
    'kfuncs diff v5.19 v6.1',
    'what a program for v5.19 has to expect on v6.1; two folders or git revisions compare registries',
  ])
    .argument('<old>', 'kernel, registry folder or git revision')
    .argument('<new>', 'the same')
    .option('--fail-on-breaking', 'exit with 1 where a change may break programs')
    .addOption(choice('--format <format>', 'how to print', ['pretty', 'markdown', 'json']))
    .action(async (old: string, now: string, options: DiffOptions) => {
      const { diffCommand } = await import('./diff.command.ts');
      done(await diffCommand(old, now, options));
    });

  command('header', 'a C header for BPF programs that call kfuncs', [
    'kfuncs header bpf_ct_release --btf /sys/kernel/btf/vmlinux --module-btf /sys/kernel/btf/nf_conntrack',
    'its prototype, and just the types that it needs',
  ])
    .argument('<name...>', 'names of kfuncs')
    .requiredOption('--btf <file>', 'BTF of the vmlinux that has them')
    .addOption(new Option('--module-btf <file...>', 'modules that have them').default([], 'none'))
    .option('--kernel <version>', 'version to take it for (default: the nearest)')
    .action(async (names: string[], options: HeaderOptions) => {
      const { headerCommand } = await import('./header.command.ts');
      done(await headerCommand(names, options));
    });

  command('kernels', 'the kernel profiles', ['kfuncs kernels --format json', 'hooks, flags and limits of each kernel'])
    .addOption(choice('--format <format>', 'how to print', ['table', 'json']))
    .action(async (options: KernelsOptions) => {
      const { kernelsCommand } = await import('./kernels.command.ts');
      done(kernelsCommand(options));
    });

  command('rules', 'the rules, or one with its explanation', [
    'kfuncs rules registry/set-limit',
    'why, and an example of each kind',
  ])
    .argument('[id]', 'id of a rule')
    .addOption(choice('--format <format>', 'how to print', ['pretty', 'json']))
    .action(async (id: string | undefined, options: RulesOptions) => {
      const { rulesCommand } = await import('./rules.command.ts');
      done(rulesCommand(id, options));
    });

  command('resolve', 'fill the .BTF_ids section of a module or object', [
    'kfuncs resolve acme.ko --btf /sys/kernel/btf/vmlinux',
    'what resolve_btfids does when the kernel is built',
  ])
    .argument('<file>', 'module, object or vmlinux')
    .option('--btf <base>', 'BTF that the one of the file continues, raw or in a vmlinux')
    .option('--out <file>', 'where to write (default: in place)')
    .action(async (file: string, options: ResolveOptions) => {
      const { resolveCommand } = await import('./resolve.command.ts');
      done(resolveCommand(file, options));
    });

  command('import', 'declarations out of a kernel source tree or binary', [
    'kfuncs import --tree linux-6.12 --kernel v6.12 > v6.12.yaml',
    'what that tree registers, as `kfuncs validate` takes it',
  ])
    .option('--tree <dir>', 'kernel source tree')
    .option('--vmlinux <file>', 'vmlinux, vmlinuz or module')
    .option('--btf <file>', 'for a module: the BTF of its vmlinux')
    .requiredOption('--kernel <version>', 'kernel that it is of')
    .option('--write', 'merge a tree into the declarations of the registry')
    .addOption(choice('--format <format>', 'how to print', ['yaml', 'json']))
    .action(async (options: ImportOptions) => {
      const { importCommand } = await import('./import.command.ts');
      done(await importCommand(options));
    });

  command('probe', 'ask the kernel of a machine which kfuncs it allows', [
    'kfuncs probe > probe.c && cc -O2 -static probe.c -o probe && sudo ./probe > result.json && kfuncs probe --read result.json',
    'what that kernel allows its BPF programs, compared with what the registry has for it',
  ])
    .option('--out <file>', 'where to write the C source of the probe (default: standard output)')
    .option('--read <file>', 'compare what a probe printed with the registry')
    .option(
      '--kernel <version>',
      'with --read: kernel to compare with (default: the one of its release, or the nearest)',
    )
    .addOption(
      choice('--format <format>', 'with --read: how to print; yaml: as declarations', ['pretty', 'json', 'yaml']),
    )
    .action(async (options: ProbeOptions) => {
      const { probeCommand } = await import('./probe.command.ts');
      done(await probeCommand(options));
    });

  command('init', 'begin a registry of your own', [
    'kfuncs init acme && cd acme && kfuncs generate',
    'declares one kfunc of a module, and generates its header',
  ])
    .argument('[dir]', 'folder, made if it does not exist', '.')
    .action(async (folder: string, options: CommonOptions) => {
      const { initCommand } = await import('./init.command.ts');
      done(initCommand(folder, options));
    });

  registerAdd(program, command, done);

  return program;
}
