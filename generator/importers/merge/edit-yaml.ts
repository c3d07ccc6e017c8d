import { isDeepStrictEqual } from 'node:util';
import { parseDocument } from 'yaml';
import type { Declaration } from '../../../generated/types/declaration.ts';
import type { PlannedSet } from './plan-set.ts';
import type { Plan } from './plan.ts';
import { printEntry, printSet } from './print-declaration.ts';
import { blockSeqOf, isBlockMap, YamlEditor } from './yaml-editor.ts';

/** The keys of a declaration and of a set whose values importing changes, each behind those before it. */
const FILE_KEYS = ['source', 'owner', 'description', 'license', 'config', 'since', 'until'];
const SET_KEYS = ['name', 'description', 'hooks', 'prog_types', 'filters', 'since', 'until', 'config'];

/**
 * The text of a declaration file changed to what is planned. Only what changes is written anew; comments, blank lines
 * and the spelling of everything else stay. A file that is laid out in a way that can't be edited so, such as JSON,
 * has its lists written anew as a whole.
 *
 * @param existing what the text says now
 */
export function editYaml(text: string, existing: Declaration, plan: Plan): string {
  if (isDeepStrictEqual(existing, plan.declaration)) {
    return text;
  }
  const edited = editInPlace(text, existing, plan);
  const isRight = edited !== undefined && isDeepStrictEqual(parseDocument(edited).toJS(), plan.declaration);
  return isRight ? edited : rewrite(text, plan.declaration);
}

function editInPlace(text: string, existing: Declaration, plan: Plan): string | undefined {
  const root = parseDocument(text).contents;
  if (!isBlockMap(root)) {
    return undefined;
  }
  const editor = new YamlEditor(text);
  editor.pairs(root, FILE_KEYS, { ...existing }, { ...plan.declaration });
  const sets = blockSeqOf(root, 'sets');
  const dtors = blockSeqOf(root, 'dtors');
  if (sets !== undefined) {
    editor.list(sets, existing.sets ?? [], plan.sets, printSet, (item, old, planned) => {
      const kfuncs = isBlockMap(item) ? blockSeqOf(item, 'kfuncs') : undefined;
      if (!isBlockMap(item) || kfuncs === undefined) {
        return false;
      }
      editor.pairs(item, SET_KEYS, { ...old }, { ...planned.value });
      editor.list(kfuncs, old.kfuncs, (planned as PlannedSet).kfuncs, printEntry);
      return true;
    });
  } else if (plan.sets.length > 0) {
    editor.append(
      root,
      'owner',
      'sets',
      plan.sets.flatMap(({ value }) => printSet(value)),
    );
  }
  if (dtors !== undefined) {
    editor.list(dtors, existing.dtors ?? [], plan.dtors, printEntry);
  } else if (plan.dtors.length > 0) {
    const after = sets === undefined ? 'owner' : 'sets';
    editor.append(
      root,
      after,
      'dtors',
      plan.dtors.flatMap(({ value }) => printEntry(value, 2)),
    );
  }
  return editor.result();
}

function rewrite(text: string, declaration: Declaration): string {
  if (text.trimStart().startsWith('{')) {
    return `${JSON.stringify(declaration, null, 2)}\n`;
  }
  const document = parseDocument(text);
  for (const key of new Set([...FILE_KEYS, 'sets', 'dtors'])) {
    const value = declaration[key as keyof Declaration];
    if (value === undefined) {
      document.delete(key);
    } else if (!isDeepStrictEqual((document.toJS() as Record<string, unknown>)[key], value)) {
      document.set(key, document.createNode(value));
    }
  }
  return document.toString({ lineWidth: 120 });
}
