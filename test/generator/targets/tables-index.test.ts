import { expect, it } from 'vitest';
import { tables } from '../../../generated/tables/index.ts';
import { loadProfiles } from '../../../generator/declarations/load.ts';

const versions = loadProfiles().kernels.map(({ version }) => version);

it('names every kernel of the registry, oldest first', () => {
  expect(Object.keys(tables)).toEqual(versions);
});

it('loads the table of the kernel that is asked for', async () => {
  const loaded = await Promise.all(Object.values(tables).map((load) => load()));
  expect(loaded.map(({ profile }) => profile.version)).toEqual(versions);
});
