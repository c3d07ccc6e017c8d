import type { Btf } from '../../btf/btf.ts';
import type { BtfType } from '../../btf/btf-type.ts';
import { typeAt } from '../../btf/read-type.ts';
import { ERRNO } from '../errno.ts';
import { isMemberRight } from './btf-member.ts';
import { isModifierKind, isRegularInt, sizeOfResolved, type Resolution, type Vertex } from './btf-resolution.ts';

const IDENTIFIER = /^[A-Za-z_][A-Za-z0-9_]*$/;
const RESOLVED = 2;
const DEEPEST = 32;
const U32_MAX = 0xffff_ffff;

/** What a step on the stack comes to: a negative errno, or 0: go on. */
type Step = number;

/** btf_check_all_types(), kernel/bpf/btf.c. @returns 0 or a negative errno */
export function resolveTypes(btf: Btf): number {
  const resolution: Resolution = {
    btf,
    visits: new Uint8Array(btf.typeCount),
    resolvedIds: new Uint32Array(btf.typeCount),
    resolvedSizes: new Float64Array(btf.typeCount),
    stack: [],
    mode: 'undecided',
  };
  for (let id = 1; id < btf.typeCount; id++) {
    const type = typeAt(btf, id);
    const result = needsResolve(type.kind) ? resolve(resolution, id) : 0;
    if (result !== 0) return result;
    const prototype = type.kind === 'func_proto' ? checkPrototype(resolution, type) : 0;
    if (prototype !== 0) return prototype;
  }
  return 0;
}

/** btf_resolve(). */
function resolve(resolution: Resolution, id: number): number {
  if (resolution.visits[id] === RESOLVED) return 0;
  resolution.mode = 'undecided';
  let result = push(resolution, id);
  for (let top = resolution.stack.at(-1); result === 0 && top !== undefined; top = resolution.stack.at(-1)) {
    result = step(resolution, top);
  }
  return result;
}

/** env_stack_push(). */
function push(resolution: Resolution, id: number): Step {
  const { visits, stack, btf } = resolution;
  if (stack.length === DEEPEST) return -ERRNO.E2BIG;
  if (visits[id] !== 0) return -ERRNO.EEXIST;
  const type = typeAt(btf, id);
  visits[id] = 1;
  stack.push({ type, next: 0 });
  if (resolution.mode !== 'undecided') return 0;
  if (type.kind === 'ptr') resolution.mode = 'pointer';
  if (type.kind === 'struct' || type.kind === 'union' || type.kind === 'array') resolution.mode = 'composite';
  return 0;
}

/** env_stack_pop_resolved(). */
function pop({ visits, resolvedIds, resolvedSizes, stack }: Resolution, id: number, size = 0): Step {
  const top = stack.pop()?.type.id ?? 0;
  resolvedIds[top] = id;
  resolvedSizes[top] = size;
  visits[top] = RESOLVED;
  return 0;
}

/** Whether a type ends the way here, or was gone before: env_type_is_resolve_sink(), env_type_is_resolved(). */
function isDone({ btf, visits, mode }: Resolution, id: number): boolean {
  const { kind } = typeAt(btf, id);
  if (visits[id] === RESOLVED || !needsResolve(kind)) return true;
  if (mode === 'undecided' || isModifierKind(kind)) return false;
  return mode === 'pointer' ? kind !== 'ptr' : kind !== 'array' && kind !== 'struct' && kind !== 'union';
}

/** The resolve operation of a kind. */
function step(resolution: Resolution, vertex: Vertex): Step {
  const { type } = vertex;
  switch (type.kind) {
    case 'ptr':
    case 'typedef':
    case 'const':
    case 'volatile':
    case 'restrict':
    case 'type_tag':
    case 'var':
      return stepReference(resolution, type);
    case 'array':
      return stepArray(resolution, type);
    case 'struct':
    case 'union':
      return stepMembers(resolution, vertex, type);
    case 'datasec':
      return stepVariables(resolution, vertex, type);
    case 'func':
      return isFunctionRight(resolution.btf, type) ? pop(resolution, type.type) : -ERRNO.EINVAL;
    case 'decl_tag':
      return stepTag(resolution, type);
    default:
      return -ERRNO.EINVAL;
  }
}

/** btf_modifier_resolve(), btf_ptr_resolve(), btf_var_resolve(). */
function stepReference(resolution: Resolution, type: BtfType & { readonly type: number }): Step {
  const { btf, visits, resolvedIds } = resolution;
  const id = type.type;
  if (isSource(typeAt(btf, id).kind)) return -ERRNO.EINVAL;
  if (!isDone(resolution, id)) return push(resolution, id);
  if ((type.kind === 'ptr' || type.kind === 'var') && isModifierKind(typeAt(btf, id).kind)) {
    // Resolved from a struct, it may have ended at a pointer, from which this has to go on.
    const end = resolvedIds[id] ?? 0;
    if (typeAt(btf, end).kind === 'ptr' && !isDone(resolution, end)) return push(resolution, end);
  }
  const sized = sizeOfResolved(resolution, id);
  if (sized !== undefined) return pop(resolution, sized.id);
  if (type.kind === 'var') return type.linkage === 'extern' ? pop(resolution, id) : -ERRNO.EINVAL;
  const end = visits[id] === RESOLVED ? (resolvedIds[id] ?? 0) : id;
  const { kind } = typeAt(btf, end);
  return kind === 'void' || kind === 'fwd' || kind === 'func_proto' ? pop(resolution, end) : -ERRNO.EINVAL;
}

/** btf_array_resolve(). */
function stepArray(resolution: Resolution, type: BtfType & { readonly kind: 'array' }): Step {
  const { btf } = resolution;
  if (!isPart(btf, type.indexType)) return -ERRNO.EINVAL;
  if (!isDone(resolution, type.indexType)) return push(resolution, type.indexType);
  const index = sizeOfResolved(resolution, type.indexType);
  if (index === undefined || !isRegularInt(typeAt(btf, index.id))) return -ERRNO.EINVAL;
  if (!isPart(btf, type.type)) return -ERRNO.EINVAL;
  if (!isDone(resolution, type.type)) return push(resolution, type.type);
  const element = sizeOfResolved(resolution, type.type);
  if (element === undefined) return -ERRNO.EINVAL;
  const elementType = typeAt(btf, element.id);
  if (elementType.kind === 'int' && !isRegularInt(elementType)) return -ERRNO.EINVAL;
  const size = element.size * type.length;
  return size > U32_MAX ? -ERRNO.EINVAL : pop(resolution, element.id, size);
}

/** btf_struct_resolve(). */
function stepMembers(
  resolution: Resolution,
  vertex: Vertex,
  type: BtfType & { readonly kind: 'struct' | 'union' },
): Step {
  for (; vertex.next < type.members.length; vertex.next++) {
    const member = type.members[vertex.next];
    if (member === undefined || !isPart(resolution.btf, member.type)) return -ERRNO.EINVAL;
    if (!isDone(resolution, member.type)) return push(resolution, member.type);
    if (!isMemberRight(resolution, type, member)) return -ERRNO.EINVAL;
  }
  return pop(resolution, 0);
}

/** btf_datasec_resolve(). */
function stepVariables(resolution: Resolution, vertex: Vertex, type: BtfType & { readonly kind: 'datasec' }): Step {
  const { btf } = resolution;
  for (; vertex.next < type.variables.length; vertex.next++) {
    const entry = type.variables[vertex.next];
    const variable = entry === undefined ? undefined : typeAt(btf, entry.type);
    // Functions of the kernel (.ksyms) stand here as clang writes it.
    if (variable?.kind === 'func' && variable.linkage === 'extern') continue;
    if (entry === undefined || variable?.kind !== 'var') return -ERRNO.EINVAL;
    if (!isDone(resolution, entry.type)) return push(resolution, entry.type);
    if (variable.linkage === 'extern') continue;
    const sized = sizeOfResolved(resolution, variable.type);
    if (sized === undefined || entry.size < sized.size) return -ERRNO.EINVAL;
  }
  return pop(resolution, 0);
}

/** btf_decl_tag_resolve(). */
function stepTag(resolution: Resolution, tag: BtfType & { readonly kind: 'decl_tag' }): Step {
  const { btf } = resolution;
  const target = typeAt(btf, tag.type);
  const { kind } = target;
  if (kind !== 'func' && kind !== 'struct' && kind !== 'union' && kind !== 'var' && kind !== 'typedef') {
    return -ERRNO.EINVAL;
  }
  if (!isDone(resolution, tag.type)) return push(resolution, tag.type);
  if (tag.component === undefined) return pop(resolution, tag.type);
  if (kind === 'var' || kind === 'typedef') return -ERRNO.EINVAL;
  return tag.component < partCount(btf, target) ? pop(resolution, tag.type) : -ERRNO.EINVAL;
}

function partCount(btf: Btf, type: BtfType): number {
  if (type.kind === 'struct' || type.kind === 'union') return type.members.length;
  const prototype = type.kind === 'func' ? typeAt(btf, type.type) : undefined;
  return prototype?.kind === 'func_proto' ? prototype.parameters.length + Number(prototype.isVariadic) : 0;
}

/** btf_func_check(): parameters have names. Loaders name those of functions of the kernel. */
function isFunctionRight(btf: Btf, type: BtfType & { readonly kind: 'func' }): boolean {
  const prototype = typeAt(btf, type.type);
  if (prototype.kind !== 'func_proto') return false;
  return type.linkage === 'extern' || prototype.parameters.every(({ name }) => name !== '');
}

/** btf_func_proto_check(). */
function checkPrototype(resolution: Resolution, type: BtfType & { readonly kind: 'func_proto' }): number {
  if (!type.parameters.every(({ name }) => name === '' || IDENTIFIER.test(name))) return -ERRNO.EINVAL;
  const types = type.parameters.map((parameter) => parameter.type);
  if (type.returns !== 0) types.unshift(type.returns);
  for (const id of types) {
    const { kind } = typeAt(resolution.btf, id);
    if (isSource(kind)) return -ERRNO.EINVAL;
    const result = needsResolve(kind) ? resolve(resolution, id) : 0;
    if (result !== 0) return result;
    if (sizeOfResolved(resolution, id) === undefined) return -ERRNO.EINVAL;
  }
  return 0;
}

/** What may be a member or element at all. */
function isPart(btf: Btf, id: number): boolean {
  const { kind } = typeAt(btf, id);
  return kind !== 'void' && kind !== 'fwd' && kind !== 'func' && kind !== 'func_proto' && !isSource(kind);
}

/** btf_type_is_resolve_source_only(): what nothing refers to. */
function isSource(kind: BtfType['kind']): boolean {
  return kind === 'var' || kind === 'decl_tag' || kind === 'datasec';
}

/** btf_type_needs_resolve(). */
function needsResolve(kind: BtfType['kind']): boolean {
  if (isModifierKind(kind) || isSource(kind)) return true;
  return kind === 'ptr' || kind === 'struct' || kind === 'union' || kind === 'array' || kind === 'func';
}
