import { expect, test } from 'vitest';
import { table } from '../../../generated/tables/v5.19.ts';
import { isMapCase, parseProgramJson } from '../../../src/program/json/parse-program-json.ts';
import { bootKernel } from '../../../src/verifier/kernel/kernel.ts';
import { verify } from '../../../src/verifier/verify.ts';
import { corpusBtf } from '../corpus.ts';

const kernel = bootKernel(table, corpusBtf('kernel-v5.19'));

/** r0 = the address of a kfunc; r0 = 0; exit */
const LOADS_AN_ADDRESS = '1830000000000000' + '0000000000000000' + 'b700000000000000' + '9500000000000000';

test.each([
  [
    'a kfunc that the kernel has',
    'bpf_ct_release',
    { verdict: 'reject', errno: -22, finding: { rule: 'load/kfunc-address', insn: 0 } },
  ],
  ['a kfunc that it does not have, which is 0', 'bpf_ct_insert_entry', { verdict: 'accept' }],
])('the address of %s', (_, name, verdict) => {
  const data = { id: 'address', prog_type: 'xdp', insns: LOADS_AN_ADDRESS };
  const program = parseProgramJson(data, { btfOf: corpusBtf, file: '' });
  if (isMapCase(program)) throw new TypeError('no program');
  expect(verify({ ...program, kernelVariables: new Map([[0, { name, weak: true }]]) }, kernel)).toMatchObject(verdict);
});
