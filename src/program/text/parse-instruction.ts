import type { Slot } from '../code.ts';
import {
  CLASS,
  SIZE,
  MODE,
  SOURCE_REGISTER,
  ALU,
  ATOMIC,
  ATOMIC_ORDERED,
  CALL,
  CALL_OPCODE,
  EXIT_OPCODE,
  JA_OPCODE,
  JA32_OPCODE,
  MAY_GOTO_OPCODE,
} from '../encoding.ts';
import { parseWideLoad, type WideLoad } from './parse-wide-load.ts';
import { ALU_SYMBOLS, ATOMIC_SYMBOLS, JUMP_SYMBOLS, SIZE_BY_BITS } from './symbols.ts';

/** An instruction as it was read; where it goes to by name is still to be found. */
export type Parsed =
  | { readonly kind: 'slot'; readonly slot: Partial<Slot> & { readonly opcode: number } }
  /** A jump or call to a label; `field` takes the distance. */
  | {
      readonly kind: 'label';
      readonly slot: Partial<Slot> & { readonly opcode: number };
      readonly label: string;
      readonly field: 'off' | 'imm';
    }
  /** A call by a name, which may be that of a label, a helper or a kfunc. */
  | { readonly kind: 'call'; readonly name: string; readonly isKfunc: boolean }
  | WideLoad;

/** The groups of a match; those that took no part are empty. */
type Groups = readonly string[];

interface Form {
  readonly pattern: RegExp;
  readonly parse: (groups: Groups) => Parsed | undefined;
}

const REGISTER = '([rw])(\\d{1,2})';
const NUMBER = '(-?\\s*(?:0x[0-9a-f]+|\\d+))';
const OFFSET = '([+-]\\s*(?:0x[0-9a-f]+|\\d+))?';
const ADDRESS = `r(\\d{1,2})\\s*${OFFSET}`;
const MEMORY = `\\*\\(([us])(8|16|32|64)\\s*\\*\\)\\s*\\(${ADDRESS}\\)`;
const POINTER = `\\(u(8|16|32|64)\\s*\\*\\)\\s*\\(${ADDRESS}\\)`;
const TARGET = '([+-]\\s*(?:0x[0-9a-f]+|\\d+)|[a-z_.$][\\w.$]*)';
const SYMBOL = '([-+*/|&<>^%s=!]+)';

/** Reads one instruction. @returns undefined if it is none */
export function parseInstruction(text: string): Parsed | undefined {
  for (const { pattern, parse } of FORMS) {
    const match = pattern.exec(text);
    if (match === null) continue;
    const parsed = parse(match.slice(1).map((group) => (group as string | undefined) ?? ''));
    if (parsed !== undefined) return parsed;
  }
  return parseWideLoad(text);
}

const FORMS: readonly Form[] = [
  form('exit', () => slot({ opcode: EXIT_OPCODE })),
  form(`goto\\s+${TARGET}`, ([target = '']) => jump({ opcode: JA_OPCODE }, target, 'off')),
  form(`gotol\\s+${TARGET}`, ([target = '']) => jump({ opcode: JA32_OPCODE }, target, 'imm')),
  form(`may_goto\\s+${TARGET}`, ([target = '']) => jump({ opcode: MAY_GOTO_OPCODE }, target, 'off')),
  form('gotox\\s+r(\\d+)', ([dst]) => slot({ opcode: JA_OPCODE | SOURCE_REGISTER, dst: Number(dst) })),
  form('callx\\s+r(\\d+)', ([dst]) => slot({ opcode: CALL_OPCODE | SOURCE_REGISTER, dst: Number(dst) })),
  form('raw\\s+([0-9a-f]{16})', ([hex = '']) => slot(parseRaw(hex))),
  form(`if\\s+${REGISTER} ${SYMBOL} (?:${REGISTER}|${NUMBER})\\s+goto\\s+${TARGET}`, parseBranch),
  form(`call\\s+([+-]\\s*\\d+)`, ([distance = '']) =>
    slot({ opcode: CALL_OPCODE, src: CALL.subprogram, imm: int(distance) }),
  ),
  form(`call\\s+${NUMBER}`, ([number = '']) => slot({ opcode: CALL_OPCODE, imm: int(number) })),
  form(`call\\s+kfunc#${NUMBER}(?:@(-?\\d+))?`, ([id = '', off = '0']) =>
    slot({ opcode: CALL_OPCODE, src: CALL.kfunc, imm: int(id), off: int(off || '0') }),
  ),
  form('call\\s+(kfunc\\s+)?([a-z_.$][\\w.$]*)', ([kfunc, name = '']) => ({
    kind: 'call',
    name,
    isKfunc: kfunc !== '',
  })),
  form('r0 = \\*\\(u(8|16|32) \\*\\)skb\\[(?:r(\\d+)\\s*([+-]\\s*\\d+)?|(-?\\d+))\\]', parsePacketLoad),
  form(`${REGISTER} = ${MEMORY}`, parseLoad),
  form(`${MEMORY} = (?:${REGISTER}|${NUMBER})`, parseStore),
  form(`${REGISTER} = load_acquire\\(${POINTER}\\)`, ([letter, dst, bits, src, off = '']) =>
    atomic(bits, letter, { dst: Number(dst), src: Number(src), off: int(off || '0'), imm: ATOMIC_ORDERED.loadAcquire }),
  ),
  form(`store_release\\(${POINTER}, ${REGISTER}\\)`, ([bits, dst, off = '', letter, src]) =>
    atomic(bits, letter, {
      dst: Number(dst),
      src: Number(src),
      off: int(off || '0'),
      imm: ATOMIC_ORDERED.storeRelease,
    }),
  ),
  form(`lock\\s+\\*${POINTER} ([+|&^]=) ${REGISTER}`, ([bits, dst, off = '', symbol, letter, src]) => {
    const operation = ATOMIC_SYMBOLS.find((each) => each.symbol === symbol);
    const fields = { dst: Number(dst), src: Number(src), off: int(off || '0'), imm: operation?.op ?? 0 };
    return atomic(bits, letter, fields);
  }),
  form(`${REGISTER} = atomic(?:64)?_fetch_(add|or|and|xor)\\(${POINTER}, ${REGISTER}\\)`, parseFetch),
  form(`${REGISTER} = (?:xchg_64|xchg32_32|atomic(?:64)?_xchg)\\(${place()}, ${REGISTER}\\)`, (groups) =>
    parseExchange(groups, ATOMIC.xchg),
  ),
  form(
    `${REGISTER} = (?:cmpxchg_64|cmpxchg32_32|atomic(?:64)?_cmpxchg)\\(${place()}, [rw]0, ${REGISTER}\\)`,
    (groups) =>
      groups[1] === '0'
        ? parseExchange([groups[0] ?? '', groups.at(-1) ?? '', ...groups.slice(2)], ATOMIC.cmpxchg)
        : undefined,
  ),
  form(`${REGISTER} = -\\s*${REGISTER}`, ([letter, dst, otherLetter, src]) =>
    letter === otherLetter && dst === src ? slot({ opcode: classOf(letter) | ALU.neg, dst: Number(dst) }) : undefined,
  ),
  form('r(\\d+) = (le|be|bswap)(16|32|64)\\s+r(\\d+)', ([dst, name, bits, src]) => {
    const kind = name === 'bswap' ? CLASS.alu64 : CLASS.alu | (name === 'be' ? SOURCE_REGISTER : 0);
    return dst === src ? slot({ opcode: kind | ALU.end, dst: Number(dst), imm: Number(bits) }) : undefined;
  }),
  form(`r(\\d+) = addr_space_cast\\(r(\\d+), ${NUMBER}, ${NUMBER}\\)`, ([dst, src, to = '', from = '']) => {
    const imm = ((int(to) & 0xffff) << 16) | (int(from) & 0xffff);
    return slot({ opcode: CLASS.alu64 | ALU.mov | SOURCE_REGISTER, dst: Number(dst), src: Number(src), off: 1, imm });
  }),
  form(`${REGISTER} = \\(s(8|16|32)\\)\\s*${REGISTER}`, ([letter, dst, bits, otherLetter, src]) =>
    letter === otherLetter && !(letter === 'w' && bits === '32')
      ? slot({
          opcode: classOf(letter) | ALU.mov | SOURCE_REGISTER,
          dst: Number(dst),
          src: Number(src),
          off: Number(bits),
        })
      : undefined,
  ),
  form(`${REGISTER} = (?:${REGISTER}|${NUMBER})`, ([letter, dst, otherLetter, src, number]) =>
    operate(letter, Number(dst), { op: ALU.mov, off: 0 }, [otherLetter, src, number]),
  ),
  form(`${REGISTER} ${SYMBOL} (?:${REGISTER}|${NUMBER})`, ([letter, dst, symbol, otherLetter, src, number]) => {
    const operation = ALU_SYMBOLS.find((each) => each.symbol === symbol);
    return operation === undefined ? undefined : operate(letter, Number(dst), operation, [otherLetter, src, number]);
  }),
];

/** A pattern for the whole of an instruction, in which a blank stands for any number of them. */
function form(pattern: string, parse: Form['parse']): Form {
  return { pattern: new RegExp(`^${pattern.replaceAll(' ', '\\s*')}$`, 'i'), parse };
}

/** What an exchange is done on: with the type of the pointer, or without. */
function place(): string {
  return `(?:\\(u(?:32|64)\\s*\\*\\)\\s*)?\\(?${ADDRESS}\\)?`;
}

function slot(fields: Partial<Slot> & { readonly opcode: number }): Parsed {
  return { kind: 'slot', slot: fields };
}

function jump(fields: Partial<Slot> & { readonly opcode: number }, target: string, field: 'off' | 'imm'): Parsed {
  return /^[+-]/.test(target)
    ? slot({ ...fields, [field]: int(target) })
    : { kind: 'label', slot: fields, label: target, field };
}

function parseBranch([letter, dst, symbol = '', otherLetter, src, number = '', target = '']: Groups):
  Parsed | undefined {
  const op = JUMP_SYMBOLS[symbol];
  if (op === undefined || (otherLetter !== '' && otherLetter !== letter)) return undefined;
  const opcode = (letter === 'w' ? CLASS.jmp32 : CLASS.jmp) | op;
  if (number === '')
    return jump({ opcode: opcode | SOURCE_REGISTER, dst: Number(dst), src: Number(src) }, target, 'off');
  return jump({ opcode, dst: Number(dst), imm: int(number) }, target, 'off');
}

function parsePacketLoad([bits = '', register, off = '', absolute = '']: Groups): Parsed {
  const size = SIZE_BY_BITS[Number(bits)] ?? 0;
  if (absolute !== '') return slot({ opcode: CLASS.ld | MODE.abs | size, imm: int(absolute) });
  return slot({ opcode: CLASS.ld | MODE.ind | size, src: Number(register), imm: int(off || '0') });
}

function parseLoad([letter, dst, sign, bits, src, off = '']: Groups): Parsed | undefined {
  const mode = sign === 's' ? MODE.memsx : MODE.mem;
  // A load fills the whole register, so that w means the same up to 32 bits.
  if ((sign === 's' && (bits === '64' || letter === 'w')) || (letter === 'w' && bits === '64')) return undefined;
  const opcode = CLASS.ldx | mode | (SIZE_BY_BITS[Number(bits)] ?? 0);
  return slot({ opcode, dst: Number(dst), src: Number(src), off: int(off || '0') });
}

function parseStore([sign, bits, dst, off = '', letter, src, number = '']: Groups): Parsed | undefined {
  if (sign === 's' || (letter === 'w' && bits === '64')) return undefined;
  const size = SIZE_BY_BITS[Number(bits)] ?? 0;
  const place = { dst: Number(dst), off: int(off || '0') };
  if (number !== '') return slot({ opcode: CLASS.st | MODE.mem | size, ...place, imm: int(number) });
  return slot({ opcode: CLASS.stx | MODE.mem | size, ...place, src: Number(src) });
}

function parseFetch([letter, result, name, bits, dst, off = '', otherLetter, src]: Groups): Parsed | undefined {
  const operation = ATOMIC_SYMBOLS.find((each) => each.name === name);
  if (operation === undefined || result !== src || letter !== otherLetter) return undefined;
  const fields = { dst: Number(dst), src: Number(src), off: int(off || '0'), imm: operation.op | ATOMIC.fetch };
  return atomic(bits, letter, fields);
}

function parseExchange([letter, result, dst, off = '', otherLetter, src]: Groups, imm: number): Parsed | undefined {
  if (result !== src || letter !== otherLetter) return undefined;
  const bits = letter === 'w' ? '32' : '64';
  return atomic(bits, letter, { dst: Number(dst), src: Number(src), off: int(off || '0'), imm });
}

/** 64 bits are exchanged with r, fewer with w; older compilers have r for both. */
function atomic(
  bits: string | undefined,
  letter: string | undefined,
  fields: Omit<Slot, 'opcode'>,
): Parsed | undefined {
  const size = SIZE_BY_BITS[Number(bits)];
  if (size === undefined || (letter === 'w' && size === SIZE.dw)) return undefined;
  return slot({ opcode: CLASS.stx | MODE.atomic | size, ...fields });
}

function operate(
  letter: string | undefined,
  dst: number,
  { op, off }: { readonly op: number; readonly off: number },
  [otherLetter, src, number = '']: readonly (string | undefined)[],
): Parsed | undefined {
  if (number !== '') return slot({ opcode: classOf(letter) | op, dst, off, imm: int(number) });
  if (otherLetter !== letter) return undefined;
  return slot({ opcode: classOf(letter) | op | SOURCE_REGISTER, dst, src: Number(src), off });
}

function classOf(letter: string | undefined): number {
  return letter === 'w' ? CLASS.alu : CLASS.alu64;
}

function parseRaw(hex: string): Slot {
  const bytes = Array.from({ length: 8 }, (_, index) => Number.parseInt(hex.slice(2 * index, 2 * index + 2), 16));
  const [opcode = 0, registers = 0, offLow = 0, offHigh = 0, ...imm] = bytes;
  return {
    opcode,
    dst: registers & 15,
    src: registers >> 4,
    off: ((offLow | (offHigh << 8)) << 16) >> 16,
    imm: imm.reduce((sum, byte, index) => sum | (byte << (8 * index)), 0),
  };
}

/** A number with a sign that blanks may follow. NaN is found where the field is filled. */
function int(text: string): number {
  const plain = text.replaceAll(/\s/g, '');
  const digits = plain.replace(/^[+-]/, '');
  return plain.startsWith('-') ? -Number(digits) : Number(digits);
}
