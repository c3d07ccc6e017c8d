// What real kernels say, compared with what the registry and the engine say.
import { parseArgs } from 'node:util';
import { realKernels } from './machine/kernels.ts';
import { AGREEMENT, LOADER } from './paths.ts';
import { buildLoader, whatIsMissing } from './machine/tools.ts';
import { writeAgreement } from './sections/agreement.ts';
import { availability } from './sections/availability.ts';
import { isMissing, type AgreementRow, type Section } from './sections/section.ts';
import { cPrograms } from './sections/c-programs.ts';
import { headers } from './sections/headers.ts';
import { probe } from './sections/probe.ts';
import { registration } from './sections/registration.ts';
import { verdicts } from './sections/verdicts.ts';

const SECTIONS: readonly Section[] = [verdicts, cPrograms, availability, headers, registration, probe];

const { values } = parseArgs({
  options: {
    seed: { type: 'string', multiple: true, default: ['1', '2', '3'] },
    count: { type: 'string', default: '700' },
    only: { type: 'string', multiple: true },
    cases: { type: 'string' },
    kernel: { type: 'string', multiple: true },
    write: { type: 'boolean', default: false },
  },
});

process.exitCode = await main();

async function main(): Promise<number> {
  const loader = buildLoader(LOADER);
  const missing = whatIsMissing('qemu-system-x86_64') ?? ('missing' in loader ? loader.missing : undefined);
  if (missing !== undefined || 'missing' in loader) {
    console.log(`skipped: the test on real kernels ${missing ?? ''}`);
    return 0;
  }
  const kernels = (await realKernels()).filter(({ version }) => values.kernel?.includes(version) ?? true);
  for (const kernel of kernels) if (isMissing(kernel)) console.log(`skipped: ${kernel.version} ${kernel.missing}`);
  if (kernels.every(isMissing)) return 0;
  const setting = {
    kernels,
    loader: loader.path,
    seeds: values.seed.map(Number),
    count: Number(values.count),
    cases: values.cases,
  };
  const rows: AgreementRow[] = [];
  const notes: string[] = [];
  let failed = 0;
  for (const section of SECTIONS.filter(({ name }) => values.only?.includes(name) ?? true)) {
    console.log(`\n${section.name}`);
    const outcome = await section.run(setting);
    for (const note of outcome.notes) console.log(`  ${note}`);
    for (const skip of outcome.skipped) console.log(`  skipped: ${skip}`);
    for (const failure of outcome.failures) console.log(`  FAILED: ${failure}`);
    failed += outcome.failures.length;
    rows.push(...(outcome.agreement ?? []));
    notes.push(...outcome.notes);
  }
  const count = (pick: (row: AgreementRow) => number): string => String(rows.reduce((all, row) => all + pick(row), 0));
  if (rows.length > 0) {
    const [cases, agreed, unsupported] = [
      count((row) => row.cases),
      count((row) => row.agreed),
      count((row) => row.unsupported),
    ];
    console.log(`\n${agreed} of ${cases} verdicts agreed, ${unsupported} unsupported`);
    if (values.write) writeAgreement(AGREEMENT, rows, notes, new Date());
  }
  console.log(failed === 0 ? 'real kernels agree' : `${String(failed)} failures`);
  return failed === 0 ? 0 : 1;
}
