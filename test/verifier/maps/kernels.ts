import { table as v5_18 } from '../../../generated/tables/v5.18.ts';
import { table as v5_19 } from '../../../generated/tables/v5.19.ts';
import { table as v6_0 } from '../../../generated/tables/v6.0.ts';
import { table as v6_1 } from '../../../generated/tables/v6.1.ts';
import { bootKernel } from '../../../src/verifier/kernel/kernel.ts';
import { CORPUS, openFile } from './map-case-file.ts';

/** Kernels that were asked. */
export const LABELS = ['v5.19', 'v6.1'] as const;

const btf = openFile(new URL('btf/kernel-v5.19.btf', CORPUS));

/** Kernels whose BTF has no more than what maps of the fixtures name. */
export const KERNELS = {
  'v5.18': bootKernel(v5_18, btf),
  'v5.19': bootKernel(v5_19, btf),
  'v6.0': bootKernel(v6_0, btf),
  'v6.1': bootKernel(v6_1, btf),
} as const;
