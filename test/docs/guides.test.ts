import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { realKernel, type RealKernel } from '../btf/real-kernel.ts';
import { missingTools } from '../c/toolchain.ts';
import { IS_CLANG_14 } from '../cli/check/check-run.ts';
import { matches, openSession, readGuide } from './guide.ts';

const real = await realKernel();
const SMALL_BTF = join(import.meta.dirname, '../verifier/programs/fixtures/kernel-v5.19.btf');

/** What a guide takes for granted: files by name, or why it can't be followed here. */
interface Guide {
  readonly name: string;
  readonly needs: string | undefined;
  readonly files: () => Readonly<Record<string, string | Uint8Array>>;
  /** Variables that it takes for granted. */
  readonly env?: Readonly<Record<string, string>>;
}

/** The build folder of an installed kernel 6.1. */
const HEADERS = readdirSync('/usr/src')
  .filter((name) => /^linux-headers-6\.1\..*-(?:cloud-)?amd64$/.test(name))
  .map((name) => join('/usr/src', name))
  .at(-1);

const TOOLS = missingTools('gcc', 'make', 'pahole', 'git');

function kernelFiles({ vmlinux, modules }: RealKernel): Readonly<Record<string, Uint8Array>> {
  const conntrack = modules.find((path) => path.endsWith('/nf_conntrack.ko')) ?? '';
  return {
    'v5.19.btf': readFileSync(SMALL_BTF),
    'v6.1.btf': readFileSync(vmlinux),
    'nf_conntrack.ko': readFileSync(conntrack),
  };
}

const GUIDES: readonly Guide[] = [
  {
    name: 'kernel-maintainers.md',
    needs:
      typeof real === 'string'
        ? real
        : (TOOLS ?? (HEADERS === undefined ? 'needs headers of a kernel 6.1' : undefined)),
    files: () => (typeof real === 'string' ? {} : { 'v6.1.btf': readFileSync(real.vmlinux) }),
    env: { KDIR: HEADERS ?? '' },
  },
  {
    name: 'program-authors.md',
    needs: typeof real === 'string' ? real : IS_CLANG_14 ? undefined : 'what clang 14 compiles is shown',
    files: () => (typeof real === 'string' ? {} : kernelFiles(real)),
  },
  {
    name: 'tool-authors.md',
    needs: undefined,
    files: () => ({
      'v5.19.btf': readFileSync(SMALL_BTF),
      'conntrack.bpf.o': readFileSync(join(import.meta.dirname, '../../site/judge/samples/conntrack.bpf.o')),
    }),
  },
];

describe.each(GUIDES)('$name', ({ name, needs, files, env = {} }) => {
  if (needs !== undefined) {
    it.skip(needs, () => undefined);
    return;
  }
  const steps = readGuide(name);
  const session = openSession(files(), env);
  // Each builds on those before, as when one follows it.
  it.each(steps.map((step) => [step.kind === 'file' ? step.name : step.line, step] as const))('%s', (_, step) => {
    if (step.kind === 'file') {
      session.write(step.name, step.text);
      return;
    }
    const printed = session.run(step.line);
    if (!matches(printed, step.output)) expect(printed).toBe(step.output);
  });
});
