import type { Btf } from '../btf.ts';
import type { BtfComposite, BtfMember, BtfTypedef } from '../btf-type.ts';
import { typeAt, typeOfKind } from '../read-type.ts';
import { compositeBody, declare, enumBody } from './c-declaration.ts';
import { forwardTagOf, newName, tagOf, typedefNameOf } from './c-names.ts';
import { cError, createCContext, MAX_DECLARATION_COST, requireShallow, type CContext } from './context.ts';

/** A declaration at file scope. */
export interface CDeclaration {
  /** The type it declares. */
  readonly id: number;
  readonly role: 'forward' | 'type' | 'function' | 'variable';
  /** Without the semicolon. */
  readonly text: string;
}

/** What was declared so far, and is being declared. */
interface Order {
  readonly context: CContext;
  readonly declarations: CDeclaration[];
  /** Ids that are declared: typedefs and enums, and structs and unions that are defined. */
  readonly done: Set<number>;
  /** Typedefs whose type was made complete. */
  readonly complete: Set<number>;
  /** Ids whose dependencies are being declared. */
  readonly open: Set<number>;
  /** Tags that are declared, with the word before them. */
  readonly forwards: Set<string>;
}

/** Who needs a type: its own id, and whether the type has to be complete. */
interface Need {
  readonly by: number;
  /** The types without a name that were gone through for it. */
  readonly seen: Set<number>;
  readonly isComplete: boolean;
  readonly depth: number;
}

/** Every compiler has it, and not as the BTF of another compiler has it. */
const BUILT_IN = '__builtin_va_list';

/**
 * Types as C, with all that they need, each declared before it is used: what is contained is defined, what is only
 * pointed to is declared. A struct laid out by that C has the offsets and sizes that BTF says.
 *
 * Functions and variables become `extern` declarations; types without a name bring only what they need.
 *
 * @param ids the types wanted, declared in this order as far as what they need allows
 * @throws BtfError: `loop` if a type contains itself, `not-c` if it is nothing that C can say, `too-deep`, `too-big`
 */
export function declareC(btf: Btf, ids: Iterable<number>): readonly CDeclaration[] {
  const order: Order = {
    context: createCContext(btf),
    declarations: [],
    done: new Set(),
    complete: new Set(),
    open: new Set(),
    forwards: new Set(),
  };
  for (const id of ids) declareRoot(order, id);
  return order.declarations;
}

/** The same as text. */
export function printC(btf: Btf, ids: Iterable<number>): string {
  return declareC(btf, ids)
    .map(({ text }) => `${text};\n`)
    .join('\n');
}

function declareRoot(order: Order, id: number): void {
  const { btf, names } = order.context;
  const type = typeAt(btf, id);
  switch (type.kind) {
    case 'func': {
      if (order.done.has(id)) return;
      const prototype = typeOfKind(btf, type.type, 'func_proto').id;
      visit(order, prototype, needOf(id, false));
      const text = `extern ${declare(order.context, prototype, newName(names, type.name), 0)}`;
      add(order, { id, role: 'function', text });
      break;
    }
    case 'var': {
      if (order.done.has(id)) return;
      visit(order, type.type, needOf(id, true));
      const name = type.name.replaceAll('.', '_');
      add(order, {
        id,
        role: 'variable',
        text: `extern ${declare(order.context, type.type, newName(names, name), 0)}`,
      });
      break;
    }
    case 'datasec':
    case 'decl_tag':
      break;
    case 'enum':
    case 'enum64':
      declareEnum(order, id);
      break;
    default:
      visit(order, id, needOf(id, true));
  }
}

/** Declares what a type needs that is used in another. */
function visit(order: Order, id: number, need: Need): void {
  const { context } = order;
  requireShallow(context, id, need.depth);
  const type = typeAt(context.btf, id);
  const inner = { ...need, depth: need.depth + 1 };
  switch (type.kind) {
    case 'const':
    case 'volatile':
    case 'restrict':
    case 'type_tag':
      visit(order, type.type, inner);
      break;
    case 'ptr':
      visit(order, type.type, { ...inner, isComplete: false });
      break;
    case 'array':
      visit(order, type.type, { ...inner, isComplete: true });
      break;
    case 'func_proto':
      if (need.seen.has(id)) break;
      for (const { type: part } of [...type.parameters, { type: type.returns }]) {
        visit(order, part, { ...inner, isComplete: false });
      }
      need.seen.add(id);
      break;
    case 'typedef':
      declareTypedef(order, type, inner);
      break;
    case 'enum':
    case 'enum64':
      if (type.name !== '') declareEnum(order, id);
      break;
    case 'fwd':
      forward(order, id, `${type.of} ${forwardTagOf(context.names, type.of, type.name)}`);
      break;
    case 'struct':
    case 'union':
      if (type.name === '') {
        if (!need.seen.has(id)) visitMembers(order, type.id, type.members, inner);
        need.seen.add(id);
      } else if (need.isComplete) define(order, type, inner);
      // Its own tag is known inside of a definition.
      else if (need.by !== id) forward(order, id, tagText(order, type));
      break;
    default:
      break;
  }
}

function visitMembers(order: Order, id: number, members: readonly BtfMember[], need: Need): void {
  if (order.open.has(id)) throw cError(order.context, 'loop', id, 'contains itself');
  order.open.add(id);
  for (const { type } of members) visit(order, type, { ...need, isComplete: true });
  order.open.delete(id);
}

function define(order: Order, type: BtfComposite, need: Need): void {
  if (order.done.has(type.id)) return;
  visitMembers(order, type.id, type.members, needOf(type.id, true, need.depth));
  const tag = tagText(order, type);
  const text = `${tag} ${compositeBody(order.context, type, 0)}`;
  order.forwards.add(tag);
  add(order, { id: type.id, role: 'type', text });
}

function declareTypedef(order: Order, { id, name, type }: BtfTypedef, need: Need): void {
  if (!order.done.has(id) && name !== BUILT_IN) {
    if (order.open.has(id)) throw cError(order.context, 'loop', id, 'is defined by itself');
    order.open.add(id);
    visit(order, type, needOf(id, false, need.depth));
    order.open.delete(id);
    const text = `typedef ${declare(order.context, type, typedefNameOf(order.context.names, id, name), 0)}`;
    add(order, { id, role: 'type', text });
  }
  if (need.isComplete && name !== BUILT_IN && !order.complete.has(id)) {
    order.complete.add(id);
    visit(order, type, need);
  }
}

function declareEnum(order: Order, id: number): void {
  if (order.done.has(id)) return;
  const type = typeOfKind(order.context.btf, id, 'enum', 'enum64');
  const tag = type.name === '' ? '' : `${tagOf(order.context.names, id, 'enum', type.name)} `;
  const text = type.values.length === 0 ? `enum ${tag}`.trimEnd() : `enum ${tag}${enumBody(order.context, type)}`;
  add(order, { id, role: 'type', text });
}

function forward(order: Order, id: number, tag: string): void {
  if (order.forwards.has(tag)) return;
  order.forwards.add(tag);
  order.declarations.push({ id, role: 'forward', text: tag });
}

function tagText({ context }: Order, { id, kind, name }: BtfComposite): string {
  return `${kind} ${tagOf(context.names, id, kind, name)}`;
}

function needOf(by: number, isComplete: boolean, depth = 0): Need {
  return { by, isComplete, depth, seen: new Set() };
}

function add(order: Order, declaration: CDeclaration): void {
  order.done.add(declaration.id);
  order.context.leftHere = MAX_DECLARATION_COST;
  order.declarations.push(declaration);
}
