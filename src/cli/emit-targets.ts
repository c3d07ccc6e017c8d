import type { Model } from '../../generator/declarations/model.ts';
import { packageVersion, readSchemas } from '../../generator/declarations/package-files.ts';
import { BTF_RULES } from '../../generator/btf-rules/index.ts';
import { ALL_RULES } from '../../generator/rules/index.ts';
import { targets } from '../../generator/targets/index.ts';
import type { OutputFile } from '../../generator/targets/target.ts';

/** What the targets of these names emit for a model. */
export async function emit(model: Model, names: readonly string[]): Promise<readonly OutputFile[]> {
  const input = {
    model,
    schemas: readSchemas(),
    rules: [...ALL_RULES, ...BTF_RULES],
    version: packageVersion(),
    library: 'kfunc-registry',
  };
  const files: OutputFile[] = [];
  for (const target of targets.filter(({ name }) => names.includes(name))) {
    files.push(...(await target.emit(input)));
  }
  return files;
}
