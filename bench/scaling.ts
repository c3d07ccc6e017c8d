import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadProfiles, loadRegistry } from '../generator/declarations/load.ts';
import { validateRegistry } from '../generator/rules/validate.ts';
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

/** How the time to validate grows from 1,000 to 10,000 kfuncs: the exponent is 1 where it grows with the size. */
export function scaling(): readonly Row[] {
  const folder = mkdtempSync(join(tmpdir(), 'kfuncs-bench-'));
  try {
    const [small, large] = [100, 1000].map((files) => {
      const registry = join(folder, String(files));
      writeRegistry(registry, files);
      return secondsToValidate(registry);
    });
    const value = Math.log10((large ?? NaN) / (small ?? NaN));
    return [{ name: 'validate 10,000 kfuncs in 1,000 files : a tenth of it, exponent', value, unit: '', limit: 1.1 }];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
