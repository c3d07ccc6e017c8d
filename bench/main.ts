import { btf } from './btf.ts';
import { lookups } from './contains.ts';
import { importTree } from './import.ts';
import { list } from './list.ts';
import { processes } from './processes.ts';
import type { Row } from './row.ts';
import { scaling } from './scaling.ts';
import { verifier } from './verify.ts';

const rows: readonly Row[] = [
  ...processes(),
  ...(await list()),
  ...importTree(),
  ...(await scaling()),
  ...lookups(),
  ...(await btf()),
  ...(await verifier()),
];
for (const { name, value, unit, limit } of rows) {
  const figure = `${value.toFixed(2)} ${unit}`.trim();
  const judged = value <= limit ? '' : '   over the limit';
  console.log(`${name.padEnd(66)} ${figure.padStart(10)}   limit ${String(limit)}${judged}`);
}
