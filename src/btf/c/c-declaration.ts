import type { BtfComposite, BtfEnum, BtfPrototype, BtfTypeTag } from '../btf-type.ts';
import { typeAt } from '../read-type.ts';
import { layoutOf, type CLayout } from './c-layout.ts';
import { forwardTagOf, localName, newName, tagOf, typedefNameOf } from './c-names.ts';
import { enumAttribute, enumValue, floatType, intType } from './c-scalars.ts';
import { cError, requireShallow, spend, type CContext } from './context.ts';
import { encodeString } from '../../elf/elf-strings.ts';

/** An attribute that BTF has as text: a name, or a name with plain arguments. */
const ATTRIBUTE = /^\w+(?:\([\w ,]*\))?$/;

/**
 * A declaration: of a name with a type, or of a type alone where the name is empty.
 *
 * C writes a type around the name, so pointers, arrays and parameters are put to the declarator from the outside in, and
 * what remains at the end stands before it.
 *
 * @param depth of nesting so far
 * @throws BtfError
 */
export function declare(context: CContext, start: number, name: string, depth: number): string {
  requireShallow(context, start, depth);
  let declarator = name;
  let qualifiers: string[] = [];
  let id = start;
  for (let steps = 0; ; steps++) {
    requireShallow(context, start, steps);
    const type = typeAt(context.btf, id);
    switch (type.kind) {
      case 'const':
      case 'volatile':
      case 'restrict':
        qualifiers.push(type.kind);
        id = type.type;
        continue;
      case 'type_tag':
        qualifiers.push(tagAttribute(context, type));
        id = type.type;
        continue;
      case 'ptr': {
        const words = qualifiers.toReversed().join(' ');
        declarator = `*${words === '' || declarator === '' ? words : `${words} `}${declarator}`;
        qualifiers = [];
        id = type.type;
        continue;
      }
      case 'array':
        // Qualifiers of an array are those of its elements.
        declarator = `${inParentheses(declarator)}[${String(type.length)}]`;
        id = type.type;
        continue;
      case 'func_proto':
        // A function type has no qualifiers.
        qualifiers = [];
        declarator = spend(context, id, `${inParentheses(declarator)}(${parameters(context, type, depth)})`);
        id = type.returns;
        continue;
      default: {
        const words = [...new Set(qualifiers)].toReversed().concat(specifier(context, id, depth));
        const text = words.join(' ');
        return spend(context, start, declarator === '' ? text : `${text} ${declarator}`);
      }
    }
  }
}

/** What stands between the braces, and the braces: of a struct or union with its attributes. @throws BtfError */
export function compositeBody(context: CContext, type: BtfComposite, depth: number): string {
  const layout = layoutOf(context, type, depth);
  const lines = type.members.flatMap((member, index) => {
    const { bits, aligned, padding } = layout.members[index] ?? { bits: undefined, aligned: undefined, padding: [] };
    const width = bits === undefined ? '' : `: ${String(bits)}`;
    const attribute = aligned === undefined ? '' : ` __attribute__((aligned(${String(aligned)})))`;
    const text = declare(context, member.type, localName(member.name), depth + 1);
    return [...paddingLines(layout, padding), `${text}${width}${attribute};`];
  });
  lines.push(...paddingLines(layout, layout.padding));
  return spend(context, type.id, `${block(lines)}${attributes(layout)}`);
}

/** The same of an enum. */
export function enumBody(context: CContext, type: BtfEnum): string {
  const lines = type.values.map(({ name, value }) => `${newName(context.names, name)} = ${enumValue(value)},`);
  return spend(context, type.id, `${block(lines)}${enumAttribute(type)}`);
}

/** The type that stands before the declarator. */
function specifier(context: CContext, id: number, depth: number): string {
  const type = typeAt(context.btf, id);
  switch (type.kind) {
    case 'void':
      return 'void';
    case 'int':
      return intType(context, type);
    case 'float':
      return floatType(context, type);
    case 'struct':
    case 'union':
      return type.name === ''
        ? `${type.kind} ${compositeBody(context, type, depth)}`
        : `${type.kind} ${tagOf(context.names, id, type.kind, type.name)}`;
    case 'enum':
    case 'enum64':
      return type.name === ''
        ? `enum ${enumBody(context, type)}`
        : `enum ${tagOf(context.names, id, 'enum', type.name)}`;
    case 'fwd':
      return `${type.of} ${forwardTagOf(context.names, type.of, type.name)}`;
    case 'typedef':
      return typedefNameOf(context.names, id, type.name);
    default:
      throw cError(context, 'not-c', id, `${type.kind} in the place of a type`);
  }
}

function parameters(context: CContext, { parameters: list, isVariadic }: BtfPrototype, depth: number): string {
  // Without any, `...` is how the compilers write a function whose parameters C was not told.
  if (list.length === 0) return isVariadic ? '' : 'void';
  const texts = list.map(({ name, type }) => {
    const isName = /^[A-Za-z_]\w*$/.test(name);
    return declare(context, type, isName ? localName(name) : '', depth + 1);
  });
  return [...texts, ...(isVariadic ? ['...'] : [])].join(', ');
}

function tagAttribute(context: CContext, { id, text, isAttribute }: BtfTypeTag): string {
  if (!isAttribute) return `__attribute__((btf_type_tag(${stringLiteral(text)})))`;
  if (!ATTRIBUTE.test(text)) throw cError(context, 'not-c', id, 'an attribute that is no plain text');
  return `__attribute__((${text}))`;
}

function stringLiteral(text: string): string {
  const characters = Array.from(encodeString(text), (byte) => {
    const character = String.fromCharCode(byte);
    return /[\w .:;,+*/=<>()[\]{}!@#$%^&|~-]/.test(character) ? character : `\\${byte.toString(8).padStart(3, '0')}`;
  });
  return `"${characters.join('')}"`;
}

function attributes({ isPacked, aligned }: CLayout): string {
  const list = [...(isPacked ? ['packed'] : []), ...(aligned === undefined ? [] : [`aligned(${String(aligned)})`])];
  return list.length === 0 ? '' : ` __attribute__((${list.join(', ')}))`;
}

function paddingLines({ paddingUnit }: CLayout, widths: readonly number[]): readonly string[] {
  const type = { 8: 'char', 16: 'short', 32: 'int' }[paddingUnit] ?? 'long long';
  return widths.map((width) => `${type} : ${String(width)};`);
}

function inParentheses(declarator: string): string {
  return declarator.startsWith('*') ? `(${declarator})` : declarator;
}

/** Lines in braces; inner lines of inner blocks are moved in with them. */
function block(lines: readonly string[]): string {
  return `{\n${lines.map((line) => `\t${line.replaceAll('\n', '\n\t')}\n`).join('')}}`;
}
