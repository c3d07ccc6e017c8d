import { writeFileSync } from 'node:fs';
import { probeSource } from '../../generator/probe/probe-source.ts';
import { probeView } from '../../generator/probe/probe-view.ts';
import { inputError } from '../../generator/declarations/input-error.ts';
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
  const { registry } = loadValid(options)!;
  print(await probeSource(probeView(registry.model)));
  return EXIT.ok;
}
