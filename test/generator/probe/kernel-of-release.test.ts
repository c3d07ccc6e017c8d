import { expect, it } from 'vitest';
import { kernelOfRelease } from '../../../generator/probe/kernel-of-release.ts';
import { packageModel } from './results.ts';

const kernels = packageModel().kernels.map(({ kernel }) => kernel);

it.each([
  ['6.1.0-56-cloud-amd64', 'v6.1', 'release'],
  ['6.12.117+deb12-cloud-amd64', 'v6.12', 'release'],
  ['5.19.0', 'v5.19', 'release'],
  ['6.14-rc3', 'v6.14', 'release'],
  ['6.15.4-200.fc42.x86_64', 'v6.14', 'nearest'],
  ['5.14.0-570.el9.x86_64', 'v5.18', 'nearest'],
  ['99.0.0', 'v7.1', 'nearest'],
])('a kernel that calls itself %s is taken for %s, by %s', (release, version, chosen) => {
  const found = kernelOfRelease(release, kernels);
  expect([found?.kernel.version, found?.chosen]).toEqual([version, chosen]);
});

it.each(['', 'acme', '6', 'v6.1'])('a kernel that calls itself %j is taken for none', (release) => {
  expect(kernelOfRelease(release, kernels)).toBeUndefined();
});
