import type { Kernel } from '../../../generated/types/kernel.ts';
import type { SourceModel } from '../../../generator/declarations/model.ts';
import { registerName } from '../../../generator/targets/include-names.ts';
import { includeTarget } from '../../../generator/targets/include.ts';

/** The header of one source file, and the function in it that registers everything. Nothing is validated. */
export async function emitHeader(
  kernel: Kernel,
  source: SourceModel,
): Promise<{ readonly header: string; readonly register: string }> {
  const [file] = await includeTarget.emit({
    model: { kernels: [{ kernel, sources: [source] }] },
    contexts: { layouts: [], progTypes: [] },
    schemas: new Map(),
    rules: [],
    version: '0.1.0',
  });
  if (file === undefined) throw new Error(`no header is made of ${source.source}`);
  return { header: file.content, register: registerName(source.source) };
}
