import { table as v5_18 } from '../../../generated/tables/v5.18.ts';
import { table as v5_19 } from '../../../generated/tables/v5.19.ts';
import { table as v6_0 } from '../../../generated/tables/v6.0.ts';
import { table as v6_1 } from '../../../generated/tables/v6.1.ts';
import { table as v6_12 } from '../../../generated/tables/v6.12.ts';
import type { KernelTable } from '../../../src/tables/kernel-table.ts';

/** Tables of the kernels that may be asked; a newer one is two lines. */
export const TABLES: ReadonlyMap<string, KernelTable> = new Map(
  [v5_18, v5_19, v6_0, v6_1, v6_12].map((table) => [table.profile.version, table]),
);
