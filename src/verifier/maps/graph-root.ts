import { nameOf, type Btf } from '../../btf/btf.ts';
import { findIdByName } from '../../btf/find.ts';
import { typeAt } from '../../btf/read-type.ts';
import { declTagsOf } from '../../btf/tags.ts';
import { ERRNO } from '../errno.ts';
import type { ValuePart } from './value-parts.ts';

/** What the head of a list or the root of a tree contains. */
export interface GraphRoot {
  /** The struct of the nodes. */
  readonly valueTypeId: number;
  /** The member by which they are linked. */
  readonly nodeName: string;
}

const PREFIX = 'contains:';

/**
 * Reads `__contains(type, member)`, a declaration tag of the member or variable: btf_find_graph_root(), kernel/bpf/btf.c.
 *
 * @returns a negative errno if it is missing or names what is not there
 */
export function findGraphRoot(btf: Btf, { owner, component }: ValuePart): GraphRoot | number {
  const tag = declTagsOf(btf, owner).find((tag) => tag.component === component && tag.text.startsWith(PREFIX));
  if (tag === undefined) return -ERRNO.EINVAL;
  const text = tag.text.slice(PREFIX.length);
  const colon = text.indexOf(':');
  if (colon === -1) return -ERRNO.EINVAL;
  const valueTypeId = findIdByName(btf, text.slice(0, colon), 'struct');
  if (valueTypeId === undefined) return -ERRNO.ENOENT;
  const nodeName = text.slice(colon + 1);
  return nodeName === '' ? -ERRNO.EINVAL : { valueTypeId, nodeName };
}

/**
 * Whether the struct has the member, and it is a node: btf_parse_graph_root(), kernel/bpf/btf.c.
 *
 * @param nodeStruct `bpf_list_node` or `bpf_rb_node`
 * @returns 0 or a negative errno
 */
export function checkGraphRoot(btf: Btf, { valueTypeId, nodeName }: GraphRoot, nodeStruct: string): number {
  const value = typeAt(btf, valueTypeId);
  const nodes = value.kind === 'struct' ? value.members.filter(({ name }) => name === nodeName) : [];
  const [node, another] = nodes;
  if (node === undefined) return -ERRNO.ENOENT;
  const isNode = typeAt(btf, node.type).kind === 'struct' && nameOf(btf, node.type) === nodeStruct;
  if (!isNode || another !== undefined || node.bitOffset % 64 !== 0) return -ERRNO.EINVAL;
  return 0;
}
