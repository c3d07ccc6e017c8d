import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kfuncEntries } from '../generator/declarations/entries.ts';
import { loadProfiles, loadRegistry } from '../generator/declarations/load.ts';
import type { Model } from '../generator/declarations/model.ts';
import { PACKAGE_ROOT } from '../generator/declarations/package-files.ts';
import { validateRegistry } from '../generator/rules/validate.ts';
import { targets } from '../generator/targets/index.ts';
import type { TargetInput } from '../generator/targets/target.ts';
import { median, type Row } from './row.ts';

const KFUNCS_A_FILE = 10;
const RUNS = 3;

/** A registry of made-up modules, each a file with a set of ten kfuncs. */
function writeRegistry(folder: string, files: number): void {
  mkdirSync(join(folder, 'kfuncs'), { recursive: true });
  for (let file = 0; file < files; file++) {
    const name = `acme_${String(file)}`;
    const kfuncs = Array.from({ length: KFUNCS_A_FILE }, (_, index) => `${name}_kfunc_${String(index)}`);
    const text = `source: drivers/${name}.c
owner: ${name}
sets:
  - name: ${name}_set
    hooks: [xdp, tc]
    kfuncs:
${kfuncs.map((kfunc) => `      - { name: ${kfunc}, flags: [acquire, ret_null] }\n`).join('')}prototypes:
${kfuncs.map((kfunc) => `  - struct acme *${kfunc}(void *buf, u32 buf__sz)\n`).join('')}`;
    writeFileSync(join(folder, 'kfuncs', `${name}.yaml`), text);
  }
}

function secondsToValidate(folder: string): number {
  const times = Array.from({ length: RUNS }, () => {
    const start = performance.now();
    const found = validateRegistry(loadRegistry([folder], loadProfiles()));
    if (found.length > 0) {
      throw new Error(`the made-up registry is not valid: ${found[0]?.message ?? ''}`);
    }
    return (performance.now() - start) / 1000;
  });
  return median(times);
}

type Loaded = Pick<TargetInput, 'model' | 'contexts'>;

/** Seconds that all targets take for some kernels, but for the types, which depend on none. */
async function secondsToGenerate({ model, contexts }: Loaded): Promise<number> {
  const input = {
    model,
    contexts,
    schemas: new Map<string, unknown>(),
    rules: [],
    version: '0.0.0',
    frame: Promise.resolve(''),
  };
  const times: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const start = performance.now();
    for (const target of targets.filter(({ name }) => name !== 'types')) await target.emit(input);
    times.push((performance.now() - start) / 1000);
  }
  return median(times);
}

/** How the time to generate grows with the registrations, from six kernels to twelve. */
async function generation(): Promise<Row> {
  const load = (count: number): Loaded => {
    const profiles = loadProfiles();
    const kernels = profiles.kernels.slice(0, count).map(({ version }) => version);
    const { registry, contexts } = loadRegistry([join(PACKAGE_ROOT, 'registry')], profiles, kernels);
    return { model: registry.model, contexts };
  };
  // So that the engine has compiled what both take.
  await secondsToGenerate(load(4));
  const [few, twelve] = [load(6), load(12)];
  const [fewSeconds, twelveSeconds] = [await secondsToGenerate(few), await secondsToGenerate(twelve)];
  const value =
    Math.log(twelveSeconds / fewSeconds) / Math.log(registrationsOf(twelve.model) / registrationsOf(few.model));
  return { name: 'generate for 12 kernels : for 6, exponent of the registrations', value, unit: '', limit: 1.1 };
}

function registrationsOf({ kernels }: Model): number {
  return kernels.flatMap((kernel) => kfuncEntries(kernel)).reduce((sum, { progTypes }) => sum + progTypes.length, 0);
}

/** How the time to validate grows from 1,000 to 10,000 kfuncs: the exponent is 1 where it grows with the size. */
export async function scaling(): Promise<readonly Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'kfuncs-bench-'));
  try {
    const [small, large] = [100, 1000].map((files) => {
      const registry = join(folder, String(files));
      writeRegistry(registry, files);
      return secondsToValidate(registry);
    });
    const value = Math.log10((large ?? NaN) / (small ?? NaN));
    const name = 'validate 10,000 kfuncs in 1,000 files : a tenth of it, exponent';
    return [{ name, value, unit: '', limit: 1.1 }, await generation()];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
