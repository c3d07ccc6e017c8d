import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { table as v519 } from '../../generated/tables/v5.19.ts';
import { table as v61 } from '../../generated/tables/v6.1.ts';
import { openBtfFile } from '../../src/btf/open-btf-file.ts';
import { bootKernel, type Kernel } from '../../src/verifier/kernel/kernel.ts';
import { realKernel } from '../btf/real-kernel.ts';
import { corpusBtf, corpusCases, judge, type CorpusCase } from './corpus.ts';

const real = await realKernel();
const kernels: readonly (readonly [label: string, kernel: Kernel | string])[] = [
  ['v5.19', bootKernel(v519, corpusBtf('kernel-v5.19'))],
  ['v6.1', typeof real === 'string' ? real : bootKernel(v61, openBtfFile(readFileSync(real.vmlinux)))],
];

describe.each(kernels)('verdicts of a real %s', (label, kernel) => {
  if (typeof kernel === 'string') {
    test.skip(kernel, () => undefined);
    return;
  }
  describe.each([...corpusCases(label)])('%s', (_family, cases) => {
    test.each(cases.map((each): [string, CorpusCase] => [each.id, each]))('%s', (_id, each) => {
      const want = each.kernel[label];
      const got = judge(kernel, each.parsed);
      expect(got).toMatchObject({ ok: want?.ok, errno: want?.errno });
      // Where states are found equal decides how many instructions are walked: also that is the kernel's.
      if ('insns_processed' in got) expect(got.insns_processed).toBe(want?.insns_processed);
    });
  });
});
