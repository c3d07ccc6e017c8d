import type { FunctionList, ProgTypeRules } from '../../../../generated/types/prog-type.ts';
import type { Kernel } from '../kernel.ts';
import { holds } from './ranges.ts';

/** The lists of functions of registry/prog-types. */
export type ListName = FunctionList['list'];

/** Whether a function stands in a list; a name there that ends with * stands for all that begin so. */
export function isListed(rules: ProgTypeRules, kernel: Kernel, list: ListName, name: string): boolean {
  const matches = (pattern: string): boolean =>
    pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern;
  return (
    rules.functions?.some(
      (each) => each.list === list && holds(each, kernel.version, undefined) && each.names.some(matches),
    ) ?? false
  );
}
