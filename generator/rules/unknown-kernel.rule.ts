import { below } from '../declarations/place.ts';
import { declaration } from './example.ts';
import { UNKNOWN_NAME } from './format.rule.ts';
import { defineRule } from './rule.ts';

export const unknownKernel = defineRule({
  id: 'registry/unknown-kernel',
  severity: 'error',
  title: 'Ranges name kernels that have a profile',
  explanation:
    '`since` and `until` name kernel profiles. A kernel whose source tree was not read has no profile, and nothing is claimed about it.',
  kernels: 'all',
  messages: UNKNOWN_NAME,
  examples: { bad: declaration('since: v5.91\n'), good: declaration('since: v5.19\n') },
  check({ registry, report }) {
    const versions = registry.kernels.map(({ version }) => version);
    const all = versions.map((version) => `\`${version}\``).join(', ');
    for (const range of registry.files.flatMap(({ ranges }) => ranges)) {
      for (const key of ['since', 'until'] as const) {
        const value = range[key];
        if (value === undefined || versions.includes(value)) {
          continue;
        }
        const place = below(range.place, key);
        const near = versions.find((version) => isSwapOf(version, value));
        if (near === undefined) {
          report({ message: 'far', values: { kind: 'kernel', value, all }, place });
        } else {
          report({ message: 'near', values: { kind: 'kernel', value, nearest: near }, place });
        }
      }
    }
  },
});

/** A version of other numbers is another kernel, and not meant; one of the same numbers in another order is. */
function isSwapOf(a: string, b: string): boolean {
  const sorted = (version: string): string => Array.from(version).sort().join('');
  return sorted(a) === sorted(b);
}
