import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { ContextRules } from '../../generator/contexts/context-rules.ts';
import type { Model } from '../../generator/declarations/model.ts';
import type { HelperData } from '../verifier/kernel/helpers/helper-data.ts';
import { packageVersion, readSchemas } from '../../generator/declarations/package-files.ts';
import type { OutputFile, TargetInput } from '../../generator/targets/target.ts';
import { targets } from '../../generator/targets/index.ts';
import type { EarlyWork } from './early-worker.ts';
import { documentationOf, RULE_VIEWS } from './rule-views.ts';

/** Targets at work. */
export interface Emission {
  /** Emits what depends on the declarations, and waits for the rest. */
  readonly finish: (model: Model, contexts: ContextRules, helpers?: HelperData) => Promise<readonly OutputFile[]>;
  readonly cancel: () => Promise<void>;
}

/** The target that waits for the frame, and so is emitted last. */
const LAST = 'tables';

/** Begins to emit: what needs no declarations on threads of its own, while they are read and the rest is emitted. */
export function startEmission(names: readonly string[]): Emission {
  const types = names.includes('types') ? begin<readonly OutputFile[]>('types') : undefined;
  const frame = names.includes(LAST) ? begin<string>('frame') : undefined;
  return {
    async finish(model, contexts, helpers) {
      const input: TargetInput = {
        model,
        contexts,
        helpers,
        schemas: readSchemas(),
        rules: RULE_VIEWS.map(documentationOf),
        version: packageVersion(),
        ...(frame === undefined ? {} : { frame: frame.result }),
      };
      const wanted = targets.filter(({ name }) => names.includes(name) && name !== 'types');
      const files: OutputFile[] = [];
      for (const target of wanted.toSorted((a, b) => Number(a.name === LAST) - Number(b.name === LAST))) {
        files.push(...(await target.emit(input)));
      }
      return [...((await types?.result) ?? []), ...files];
    },
    async cancel() {
      await types?.worker.terminate();
      await frame?.worker.terminate();
    },
  };
}

interface Begun<Result> {
  readonly worker: Worker;
  readonly result: Promise<Result>;
}

function begin<Result>(what: EarlyWork): Begun<Result> {
  const worker = new Worker(new URL('./early-worker.js', import.meta.url), { workerData: what });
  const result = once(worker, 'message').then(([message]) => message as Result);
  // A failure is told when the result is asked for; until then it is not unhandled.
  result.catch(() => undefined);
  return { worker, result };
}
