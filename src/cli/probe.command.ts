import { writeFileSync } from 'node:fs';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { loadValid } from './load-valid.ts';
import { note, print, type CommonOptions } from './output.ts';
import { UsageError } from './usage-error.ts';

export interface ProbeOptions extends CommonOptions {
  readonly out?: string;
  readonly read?: string;
  readonly kernel?: string;
  readonly format: 'pretty' | 'json' | 'yaml';
}

/** `kfuncs probe`: writes a program that asks a kernel for its kfuncs, or reads what that program printed. */
export async function probeCommand(options: ProbeOptions): Promise<ExitCode> {
  const { read, out, kernel } = options;
  if (read !== undefined) {
    if (out !== undefined) {
      throw new UsageError('--out is where the probe is written: it makes no sense with --read');
    }
    const { readProbe } = await import('./read-probe.ts');
    return readProbe(read, options);
  }
  if (kernel !== undefined || options.format !== 'pretty') {
    throw new UsageError('--kernel and --format are for --read: a probe is one for all kernels');
  }
  return writeProbe(options);
}

async function writeProbe(options: ProbeOptions): Promise<ExitCode> {
  const loaded = await loadValid(options);
  if (loaded === undefined) {
    return EXIT.findings;
  }
  const { probeSource } = await import('../../generator/probe/probe-source.ts');
  const { probeView } = await import('../../generator/probe/probe-view.ts');
  const view = probeView(loaded.registry.model);
  const source = await probeSource(view);
  const { out } = options;
  if (out === undefined) {
    print(source);
    return EXIT.ok;
  }
  try {
    writeFileSync(out, source);
  } catch (error) {
    throw new UsageError(`cannot write ${out}: ${error instanceof Error ? error.message : String(error)}`);
  }
  const program = out.endsWith('.c') ? out.slice(0, -2) : `${out}.bin`;
  const run = program.includes('/') ? program : `./${program}`;
  note(options, `${out} asks about ${String(view.kfuncs.length)} names and what the kernel marks itself. To run it:`);
  note(
    options,
    `  cc -O2 -static ${out} -o ${program} && sudo ${run} > result.json && kfuncs probe --read result.json`,
  );
  return EXIT.ok;
}
