import type { Kernel } from '../../generated/types/kernel.ts';
import type { SourceModel } from '../../generator/declarations/model.ts';
import { includeTarget } from '../../generator/targets/include.ts';
import type { OutputFile } from '../../generator/targets/target.ts';

/** The headers that the target makes of hand-written models of one kernel, with a version of the package that never changes. */
export function emitHeaders(kernel: Kernel, sources: readonly SourceModel[]): Promise<readonly OutputFile[]> {
  return includeTarget.emit({
    model: { kernels: [{ kernel, sources }] },
    schemas: new Map(),
    version: '0.0.0',
    rules: [],
    library: 'kfunc-registry',
  });
}

/** The text of the one header of a source file. */
export async function emitHeader(kernel: Kernel, source: SourceModel): Promise<string> {
  const [header, ...others] = await emitHeaders(kernel, [source]);
  if (header === undefined || others.length > 0) {
    throw new Error(`expected one header of ${source.source}, got ${String(others.length + (header ? 1 : 0))}`);
  }
  return header.content;
}
