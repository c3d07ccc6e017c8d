import { below } from '../declarations/place.ts';
import { UNKNOWN_NAME } from '../rules/format.rule.ts';
import { withPrototypes } from './example.ts';
import { defineHelperRule } from './helper-rule.ts';
import { reportUnknown } from './unknown-name.ts';
import { eachRange } from './walk.ts';

export const unknownKernel = defineHelperRule({
  id: 'helper/unknown-kernel',
  severity: 'error',
  title: 'Ranges of helpers name kernels that have a profile',
  explanation:
    '`since` and `until` name kernel profiles. A kernel whose source tree was not read has no profile, and nothing is claimed about it.',
  kernels: 'all',
  messages: UNKNOWN_NAME,
  examples: {
    bad: withPrototypes(['{ since: v5.91, returns: integer, args: [] }']),
    good: withPrototypes(['{ since: v5.19, returns: integer, args: [] }']),
  },
  check({ registry, report }) {
    const versions = registry.kernels.map(({ version }) => version);
    for (const { value, place } of eachRange(registry)) {
      for (const key of ['since', 'until'] as const) {
        const name = value[key];
        if (name !== undefined) {
          reportUnknown({ kind: 'kernel', name, known: versions, place: below(place, key) }, report);
        }
      }
    }
  },
});
