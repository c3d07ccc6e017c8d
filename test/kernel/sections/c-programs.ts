import { basename } from 'node:path';
import { loadPrograms } from '../../../src/program/object/load-programs.ts';
import { isObjectError } from '../../../src/program/object/object-error.ts';
import { openObject, type BpfObject } from '../../../src/program/object/open-object.ts';
import { CLANG, compileSource, readSources } from '../../verifier/programs/sources.ts';
import { readModules } from '../machine/kernel-modules.ts';
import type { RealKernel } from '../machine/kernels.ts';
import { compareAnswers } from './compare-answers.ts';
import type { Question } from './question.ts';
import { isMissing, joinOutcomes, type Outcome, type Section } from './section.ts';

const TITLE = 'C programs';
/** What the programs call beside vmlinux; built into some kernels. */
const MODULES = ['nf_conntrack'];

/** The C programs of the rule engine's tests, loaded as their users would. */
export const cPrograms: Section = {
  name: 'c-programs',
  run: async ({ kernels, loader }) => {
    if (CLANG === undefined) return { failures: [], skipped: [`${TITLE}: needs clang`], notes: [] };
    const objects = readSources().map(({ path }) => ({
      name: basename(path),
      object: openObject(compileSource(path)),
    }));
    const outcomes: Outcome[] = [];
    for (const kernel of kernels) if (!isMissing(kernel)) outcomes.push(await askOne(kernel, objects, loader));
    return joinOutcomes(outcomes);
  },
};

interface NamedObject {
  readonly name: string;
  readonly object: BpfObject;
}

async function askOne(kernel: RealKernel, objects: readonly NamedObject[], loader: string): Promise<Outcome> {
  const { modules, missing } = await readModules(kernel, MODULES);
  const kernelBtf = { vmlinux: kernel.btf, modules: new Map(modules.map(({ name, btf }) => [name, btf])) };
  const options = { kernelBtf, kernelVersion: kernel.version };
  const questions: Question[] = [];
  const refused: string[] = [];
  for (const { name, object } of objects) {
    for (const program of object.programs) {
      try {
        const [asked] = loadPrograms(object, { ...options, select: (each) => each === program });
        if (asked !== undefined) questions.push({ source: TITLE, family: name, asked, line: undefined });
      } catch (error) {
        // As libbpf does, before a kernel is asked.
        if (!isObjectError(error)) throw error;
        refused.push(`${program.name} (${name}): ${error.message}`);
      }
    }
  }
  const outcome = await compareAnswers({ kernel, loader, modules }, questions, TITLE);
  const skipped = [
    ...missing.map((name) => `${TITLE} on ${kernel.version}: the module ${name} is neither built in nor at hand`),
    ...refused.map((why) => `${TITLE} on ${kernel.version}: loaders refuse ${why}`),
  ];
  return { ...outcome, skipped: [...outcome.skipped, ...skipped] };
}
