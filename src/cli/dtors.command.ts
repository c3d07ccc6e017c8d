import { dtorRows } from '../../generator/declarations/rows.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { kernelModel } from './kernel-model.ts';
import { loadValid } from './load-valid.ts';
import { note, print, styleOf, type CommonOptions } from './output.ts';
import { textTable } from './text-table.ts';

export interface DtorsOptions extends CommonOptions {
  readonly kernel?: string;
  readonly format: 'table' | 'json';
}

/** `kfuncs dtors`: the destructor pairs of a kernel. */
export async function dtorsCommand(options: DtorsOptions): Promise<ExitCode> {
  const loaded = await loadValid(options);
  if (loaded === undefined) {
    return EXIT.findings;
  }
  const model = kernelModel(loaded.registry, options.kernel);
  const rows = dtorRows(model);
  if (options.format === 'json') {
    print(`${JSON.stringify(rows, undefined, 2)}\n`);
    return EXIT.ok;
  }
  const cells = rows.map((row) => [row.type, row.kfunc, row.owner, row.source]);
  print(textTable(['TYPE', 'DESTRUCTOR', 'OWNER', 'SOURCE'], cells, styleOf(options)));
  note(options, `${String(rows.length)} pairs of ${model.kernel.version}`);
  return EXIT.ok;
}
