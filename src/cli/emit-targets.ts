import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { ContextRules } from '../../generator/contexts/context-rules.ts';
import type { Model } from '../../generator/declarations/model.ts';
import type { HelperData } from '../verifier/kernel/helpers/helper-data.ts';
import { packageVersion, readSchemas } from '../../generator/declarations/package-files.ts';
import { BTF_RULES } from '../../generator/btf-rules/index.ts';
import type { OutputFile, TargetInput } from '../../generator/targets/target.ts';
import { ALL_RULES } from '../../generator/rules/index.ts';
import { targets } from '../../generator/targets/index.ts';

/** The target that needs no declarations, and so can begin before they are read. */
const EARLY = 'types';

/** Targets at work. */
export interface Emission {
  /** Emits what depends on the declarations, and waits for the rest. */
  readonly finish: (model: Model, contexts: ContextRules, helpers?: HelperData) => Promise<readonly OutputFile[]>;
  readonly cancel: () => Promise<void>;
}

/** Begins to emit: the types on a thread of their own, while the declarations are read and the others are emitted. */
export function startEmission(names: readonly string[]): Emission {
  const worker = names.includes(EARLY) ? new Worker(new URL('./types-worker.js', import.meta.url)) : undefined;
  const early = worker === undefined ? Promise.resolve([]) : filesOf(worker);
  // A failure is told when the files are asked for; until then it is not unhandled.
  early.catch(() => undefined);
  return {
    async finish(model, contexts, helpers) {
      const input: TargetInput = {
        model,
        contexts,
        helpers,
        schemas: readSchemas(),
        rules: [...ALL_RULES, ...BTF_RULES],
        version: packageVersion(),
      };
      const files: OutputFile[] = [];
      for (const target of targets.filter(({ name }) => names.includes(name) && name !== EARLY)) {
        files.push(...(await target.emit(input)));
      }
      return [...(await early), ...files];
    },
    async cancel() {
      await worker?.terminate();
    },
  };
}

async function filesOf(worker: Worker): Promise<readonly OutputFile[]> {
  const [files] = (await once(worker, 'message')) as [readonly OutputFile[]];
  return files;
}
