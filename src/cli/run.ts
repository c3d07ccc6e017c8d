import { CommanderError } from 'commander';
import { InputError } from '../../generator/declarations/input-error.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { createProgram } from './program.ts';
import { UsageError } from './usage-error.ts';

/** Runs one command line; what goes wrong becomes a message and an exit code. */
export async function runCli(args: readonly string[]): Promise<ExitCode> {
  if (!hasWorkingFolder()) {
    process.stderr.write('kfuncs: the folder that this runs in does not exist any more\n');
    return EXIT.usage;
  }
  let code: ExitCode = EXIT.ok;
  const program = createProgram((result) => {
    code = result;
  });
  try {
    if (args[0] === 'completion' || args[0] === 'complete') {
      const { addCompletion } = await import('./completion.ts');
      addCompletion(program);
    }
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) {
      // commander has said what is wrong; help and version are no errors.
      return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    }
    if (error instanceof UsageError || error instanceof InputError || isExpected(error)) {
      process.stderr.write(`kfuncs: ${error.message}\n`);
      return EXIT.usage;
    }
    const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
    process.stderr.write(
      `kfuncs: this is a defect of kfuncs, not of your files. Please report it with the command and this text:\n${what}\n`,
    );
    return EXIT.defect;
  }
}

/** By their names, so that the start of every command does not load what only some need. */
function isExpected(error: unknown): error is Error {
  return error instanceof Error && ['OutputError', 'BtfError', 'ElfError', 'AddError'].includes(error.name);
}

function hasWorkingFolder(): boolean {
  try {
    return process.cwd() !== '';
  } catch {
    return false;
  }
}
