import { lex } from '../c/lex.ts';
import { preprocess } from '../c/preprocess.ts';
import { common, conjunction, configOf, type Conjunction } from './conditions.ts';
import { readDtors } from './dtors.ts';
import { headerMacros } from './header-macros.ts';
import { readIdSections } from './id-sections.ts';
import { readKfuncIdSets } from './kfunc-id-sets.ts';
import type { Report } from './problem.ts';
import { readRegistrations, type SetRegistration } from './registrations.ts';
import { readSetEntries, type SetLayout } from './set-entries.ts';
import type { SourceTree } from './source-tree.ts';
import type { TreeDtor, TreeSet } from './tree-model.ts';

/** The sets and destructor pairs that one C file registers. Sets that it defines and does not register are left out. */
export function importSource(
  tree: SourceTree,
  path: string,
  layout: SetLayout,
  report: Report,
): { readonly sets: readonly TreeSet[]; readonly dtors: readonly TreeDtor[] } {
  const items = lex(tree.read(path) ?? '');
  const { tokens } = preprocess(items, headerMacros(tree, path, items));
  const sections = readIdSections(tokens, report);
  const variables = readKfuncIdSets(tokens, report);
  const registrations = readRegistrations(tokens, report);
  const known = registrations.sets.filter(({ target, line }) => {
    const isKnown = target === 'fmodret' || layout.prog_types.includes(target);
    if (!isKnown) {
      report(line, `this kernel has no BPF_PROG_TYPE_${target.toUpperCase()}; the call is left out`);
    }
    return isKnown;
  });
  const sets = [...groupBySet(known)].flatMap(([name, calls]): TreeSet[] => {
    const variable = variables.get(name);
    if (variable === undefined) {
      calls.forEach(({ line }) => report(line, `the set ${name} is not initialised in this file`));
      return [];
    }
    const outer = conditionsOf(calls, conjunction(variable.conditions, report), report);
    return [
      {
        name,
        line: variable.line,
        config: configOf(outer),
        registrations: [...new Set(calls.map(({ target }) => target))],
        filter: variable.filter,
        kfuncs: readSetEntries(variable, sections, layout, outer, report),
      },
    ];
  });
  for (const { name, line } of variables.values()) {
    if (!sets.some((set) => set.name === name)) {
      report(line, `the set ${name} is not registered in this file`);
    }
  }
  const dtors = registrations.dtors.flatMap((call) => readDtors(call, tokens, sections, report));
  return { sets, dtors };
}

function groupBySet(calls: readonly SetRegistration[]): ReadonlyMap<string, readonly SetRegistration[]> {
  const groups = new Map<string, SetRegistration[]>();
  for (const call of calls) {
    const group = groups.get(call.set);
    if (group === undefined) {
      groups.set(call.set, [call]);
    } else {
      group.push(call);
    }
  }
  return groups;
}

/** The conditions of a set: those of its variable, and those that all its registrations stand under. */
function conditionsOf(calls: readonly SetRegistration[], variable: Conjunction, report: Report): Conjunction {
  const each = calls.map(({ conditions }) => conjunction(conditions, report));
  const shared = common(each);
  for (const [at, { set, target, line }] of calls.entries()) {
    if ((each[at]?.size ?? 0) > shared.size) {
      report(line, `${set} is registered for ${target} under a condition of its own, which is left out`);
    }
  }
  return new Map([...shared, ...variable]);
}
