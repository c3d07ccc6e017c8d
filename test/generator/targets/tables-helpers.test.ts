import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { helpers } from '../../../generated/tables/helpers.ts';
import { loadProfiles } from '../../../generator/declarations/load.ts';
import { PACKAGE_ROOT } from '../../../generator/declarations/package-files.ts';
import { loadHelpers } from '../../../generator/helpers/load-helpers.ts';
import { helperData } from '../../../generator/helpers/merge-helpers.ts';
import { printHelpersModule } from '../../../generator/targets/tables-helpers.ts';
import { bundle } from './bundle.ts';

const versions = loadProfiles().kernels.map(({ version }) => version);
const data = helperData(loadHelpers(`${PACKAGE_ROOT}/registry`, versions));

it('the table holds what the registry says', () => {
  expect(helpers).toEqual(data);
});

it('the table is frozen through and through', () => {
  const thawed: unknown[] = [];
  const look = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if (!Object.isFrozen(value)) thawed.push(value);
    Object.values(value).forEach(look);
  };
  look(helpers);
  expect(thawed).toEqual([]);
});

it('the same registry gives the same text', () => {
  expect(data && printHelpersModule(data, '1.0.0')).toBe(data && printHelpersModule(structuredClone(data), '1.0.0'));
});

it('the lookup of helpers fits into 15 KB of a compressed bundle', async () => {
  const code = "export { createHelperTable, findHelper } from '../src/verifier/kernel/helpers.ts';";
  const text = await bundle(code, [{ path: 'tables/helpers.ts', content: printHelpersModule(helpers, '1.0.0') }]);
  expect(text).not.toContain('node:');
  expect(gzipSync(text).length).toBeLessThan(15_000);
});
