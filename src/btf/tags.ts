import { kindNumberOf, targetOf, type Btf } from './btf.ts';
import type { BtfDeclTag, BtfTypeTag } from './btf-type.ts';
import { LIMITS } from './btf-layout.ts';
import { BtfError } from './btf-error.ts';
import { isModifier } from './follow.ts';
import { KIND } from './kinds.ts';
import { typeOfKind } from './read-type.ts';

/** The ids of a BTF's own declaration tags, by what they tag, both ascending. */
interface TagIndex {
  readonly targets: Uint32Array;
  readonly tags: Uint32Array;
}

const indexes = new WeakMap<Btf, TagIndex>();

/**
 * The declaration tags of a type, in ascending order of their ids: of the type as a whole, of its members or parameters.
 *
 * @throws BtfError `bad-record` if one tags a member or parameter that does not exist
 */
export function declTagsOf(btf: Btf, id: number): readonly BtfDeclTag[] {
  const found: BtfDeclTag[][] = [];
  for (let home: Btf | undefined = btf; home !== undefined && id < home.typeCount; home = home.base) {
    found.unshift(ownTagsOf(home, id));
  }
  const tags = found.flat();
  for (const tag of tags) checkComponent(btf, tag);
  return tags;
}

/** The types that have a declaration tag as a whole (`bpf_kfunc`, say), of split BTF those of its own. */
export function findTagged(btf: Btf, text: string): readonly number[] {
  const found: number[] = [];
  for (const id of tagIndexOf(btf).tags) {
    const tag = typeOfKind(btf, id, 'decl_tag');
    if (tag.text === text && tag.component === undefined) found.push(tag.type);
  }
  return found;
}

/**
 * The type tags among the modifiers that a type begins with: of a pointer's target, those of the pointer.
 *
 * @throws BtfError `chain-too-long`
 */
export function typeTagsOf(btf: Btf, id: number): readonly BtfTypeTag[] {
  const tags: BtfTypeTag[] = [];
  let current = id;
  for (let steps = 0; isModifier(kindNumberOf(btf, current)); steps++) {
    if (steps === LIMITS.depth) {
      const message = `more than ${String(LIMITS.depth)} modifiers`;
      throw new BtfError('chain-too-long', { field: 'type', typeId: id }, message);
    }
    if (kindNumberOf(btf, current) === KIND.TYPE_TAG) tags.push(typeOfKind(btf, current, 'type_tag'));
    current = targetOf(btf, current);
  }
  return tags;
}

function ownTagsOf(btf: Btf, id: number): BtfDeclTag[] {
  const { targets, tags } = tagIndexOf(btf);
  const found: BtfDeclTag[] = [];
  for (let at = firstNotBelow(targets, id); targets[at] === id; at++) {
    found.push(typeOfKind(btf, tags[at] ?? 0, 'decl_tag'));
  }
  return found;
}

function tagIndexOf(btf: Btf): TagIndex {
  const known = indexes.get(btf);
  if (known !== undefined) return known;
  const ids: number[] = [];
  for (let id = btf.firstId; id < btf.typeCount; id++) {
    if (kindNumberOf(btf, id) === KIND.DECL_TAG) ids.push(id);
  }
  const pairs = ids.map((tag) => ({ tag, target: targetOf(btf, tag) }));
  pairs.sort((a, b) => a.target - b.target || a.tag - b.tag);
  const index = {
    targets: Uint32Array.from(pairs, ({ target }) => target),
    tags: Uint32Array.from(pairs, ({ tag }) => tag),
  };
  indexes.set(btf, index);
  return index;
}

/** btf_decl_tag_resolve(), kernel/bpf/btf.c. */
function checkComponent(btf: Btf, tag: BtfDeclTag): void {
  if (tag.component === undefined) return;
  const type = typeOfKind(btf, tag.type, 'struct', 'union', 'func', 'var', 'typedef');
  let count = 0;
  if (type.kind === 'struct' || type.kind === 'union') count = type.members.length;
  if (type.kind === 'func') {
    const { parameters, isVariadic } = typeOfKind(btf, type.type, 'func_proto');
    count = parameters.length + Number(isVariadic);
  }
  if (tag.component >= count) {
    const message = `tags part ${String(tag.component)} of a ${type.kind} with ${String(count)}`;
    throw new BtfError('bad-record', { field: 'component_idx', typeId: tag.id, typeName: tag.text }, message);
  }
}

function firstNotBelow(sorted: Uint32Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
