import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ProbeReport } from '../../../generated/types/probe-report.ts';
import type { RealKernel } from '../machine/kernels.ts';
import { buildLoader } from '../machine/tools.ts';
import { PROBE_INIT } from '../paths.ts';
import { besideImage, runProbe, type ProbePrograms } from '../probe/run-probe.ts';
import { isMissing, type Outcome, type Section } from './section.ts';

/** Loads of a program, most of which the verifier refuses at once: an emulated kernel does some hundred a second. */
const SECONDS = 300;
const COMPILER = ['-std=c11', '-O2', '-Wall', '-Wextra', '-Werror', '-static'];

/** What a user does: `kfuncs probe`, compile it, run it in each kernel, and `kfuncs probe --read` what it printed. */
export const probe: Section = {
  name: 'probe',
  run: async ({ kernels }) => {
    const folder = mkdtempSync(join(tmpdir(), 'kfuncs-probe-'));
    try {
      const programs = buildPrograms(folder);
      if ('failed' in programs) return { failures: [programs.failed], skipped: [], notes: [] };
      const outcomes: Outcome[] = [];
      for (const kernel of kernels) if (!isMissing(kernel)) outcomes.push(await probeOne(kernel, programs, folder));
      return {
        failures: outcomes.flatMap(({ failures }) => failures),
        skipped: outcomes.flatMap(({ skipped }) => skipped),
        notes: outcomes.flatMap(({ notes }) => notes),
      };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

function buildPrograms(folder: string): ProbePrograms | { readonly failed: string } {
  const init = buildLoader(PROBE_INIT);
  if ('missing' in init) return { failed: `probe: ${init.missing}` };
  const [source, program] = [join(folder, 'probe.c'), join(folder, 'probe')];
  const written = kfuncs('probe', '--out', source);
  if (written.status !== 0) return { failed: `kfuncs probe exits with ${String(written.status)}: ${written.stderr}` };
  const { status, stderr } = spawnSync(process.env['CC'] ?? 'gcc', [...COMPILER, '-o', program, source], {
    encoding: 'utf8',
  });
  return status === 0 ? { init: init.path, probe: program } : { failed: `the probe does not compile: ${stderr}` };
}

async function probeOne(kernel: RealKernel, programs: ProbePrograms, folder: string): Promise<Outcome> {
  const { version, image } = kernel;
  const beside = await besideImage(image);
  const run = await runProbe(programs, { image, ...beside }, SECONDS);
  const file = join(folder, `${version}.json`);
  writeFileSync(file, run.result);
  const read = kfuncs('probe', '--read', file, '--format', 'json');
  if (read.status === 2) {
    return { failures: [`probe in ${version}: ${read.stderr.trim()}; ${run.console}`], skipped: [], notes: [] };
  }
  const report = JSON.parse(read.stdout) as ProbeReport;
  const { release, agreed, differences, explained, untold } = report;
  const failures = differences.map(
    ({ kind, kfunc, owner, prog_types: types, message }) =>
      `probe in ${version}: ${kind}: ${kfunc} of ${owner} for ${types.join(', ')}: ${message}`,
  );
  if (report.kernel !== version) failures.push(`probe in ${version}: ${release} was compared with ${report.kernel}`);
  if (agreed === 0) failures.push(`probe in ${version}: it told nothing; ${run.console}`);
  const declared = kfuncs('probe', '--read', file, '--format', 'yaml');
  const declarations = join(folder, `${version}.yaml`);
  writeFileSync(declarations, declared.stdout);
  const validated = kfuncs('validate', declarations);
  if (validated.status !== 0) failures.push(`probe in ${version}: its declarations: ${validated.stdout}`);
  const loads = /\d+ loads in [\d.]+ seconds/.exec(run.console)?.[0] ?? 'no loads';
  return {
    failures,
    skipped: beside.modules.length > 0 ? [] : [`probe: ${release} has no modules beside its image`],
    notes: [
      `${release}: ${loads}, ${String(agreed)} answers as the registry has them, ${String(differences.length)} differences, ` +
        `${String(explained.length)} explained, ${String(untold.length)} not told`,
    ],
  };
}

interface CommandRun {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The command as it is built. */
function kfuncs(...args: readonly string[]): CommandRun {
  return spawnSync(process.execPath, ['dist/cli/kfuncs.js', ...args], { encoding: 'utf8', maxBuffer: 1 << 26 });
}
