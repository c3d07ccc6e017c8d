import type { Kernel } from '../../generated/types/kernel.ts';
import type { SourceModel } from '../../generator/declarations/model.ts';
import { includeTarget } from '../../generator/targets/include.ts';
import type { OutputFile } from '../../generator/targets/target.ts';
import { makeInput } from '../generator/target-input.ts';

/** The headers that the target makes of source files of one kernel. */
export function emitHeaders(kernel: Kernel, sources: readonly SourceModel[]): Promise<readonly OutputFile[]> {
  return includeTarget.emit(makeInput({ kernels: [{ kernel, sources }] }));
}

/** The text of the one header of a source file. */
export async function emitHeader(kernel: Kernel, source: SourceModel): Promise<string> {
  const [header, ...others] = await emitHeaders(kernel, [source]);
  if (header === undefined || others.length > 0) {
    throw new Error(`${source.source} has not one header`);
  }
  return header.content;
}
