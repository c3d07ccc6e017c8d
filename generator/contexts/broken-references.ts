import type { ContextLayout } from '../../generated/types/context.ts';
import type { ProgTypeRules } from '../../generated/types/prog-type.ts';
import type { ContextRules } from './context-rules.ts';

/** The context that no layout describes: the arguments of what a program is attached to. */
const ARGUMENTS = 'btf';

/** Layouts and fields that program types name and that do not exist, each in words. */
export function brokenReferences({ layouts, progTypes }: ContextRules): readonly string[] {
  return progTypes.flatMap((rules) => {
    const layout = layouts.find(({ context }) => context === rules.context);
    if (layout === undefined) {
      return rules.context === ARGUMENTS
        ? []
        : [`${rules.prog_type} has a context ${rules.context}, which has no layout`];
    }
    return unknownFields(rules, layout).map(
      (name) => `${rules.prog_type} names a field ${name}, which ${layout.context} does not have`,
    );
  });
}

function unknownFields(rules: ProgTypeRules, layout: ContextLayout): readonly string[] {
  const known = new Set(layout.fields.map(({ name }) => name));
  const named = [
    ...(rules.hidden ?? []),
    ...[...(rules.only ?? []), ...(rules.writable ?? [])].flatMap(({ fields }) => fields),
    ...Object.keys(rules.values ?? {}),
  ];
  return [...new Set(named)].filter((name) => !known.has(name));
}
