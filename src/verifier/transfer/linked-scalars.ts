import { plus } from '../scalar/plus.ts';
import type { ScalarRules } from '../scalar/rules.ts';
import { constantFromInt } from '../scalar/scalar.ts';
import { isSpilled, type Cell } from '../state/cell.ts';
import { FRAME_POINTER, registerOf } from '../state/frame.ts';
import { PLUS_CONSTANT, type Register } from '../state/register.ts';
import { currentFrame, type State } from '../state/state.ts';
import { isLinkedRegister, linkedPlace } from '../walk/backtrack-frames.ts';
import { readRegister, type Walk } from '../walk/walk.ts';

/** LINKED_REGS_MAX. */
const MOST = 6;

/**
 * The scalars that are equal to an operand of a jump, or differ from it by a constant: collect_linked_regs(). There is
 * room for six; others are not linked any more.
 *
 * @param src -1: the other operand is a constant
 */
export function linkScalars(walk: Walk, dst: number, src: number): readonly number[] {
  const found: number[] = [];
  if (src >= 0) collect(walk.state, readRegister(walk, src), found);
  collect(walk.state, readRegister(walk, dst), found);
  return found;
}

function collect(state: State, register: Register, found: number[]): void {
  if (register.type !== 'scalar' || register.id === 0) return;
  const id = register.id & ~PLUS_CONSTANT;
  for (let depth = state.frames.length - 1; depth >= 0; depth--) {
    const frame = state.frames[depth];
    if (frame === undefined) continue;
    for (let number = 0; number < FRAME_POINTER; number++) {
      take(registerOf(frame, number), id, linkedPlace(depth, true, number), found);
    }
    for (const [index, slot] of frame.stack.entries()) {
      if (isSpilled(slot)) take(slot, id, linkedPlace(depth, false, index), found);
    }
  }
}

function take(cell: Cell, id: number, place: number, found: number[]): void {
  const { register } = cell;
  if (register.type !== 'scalar' || (register.id & ~PLUS_CONSTANT) !== id) return;
  if (found.length < MOST) found.push(place);
  else cell.register = withoutLink(register);
}

/** clear_scalar_id(). */
export function withoutLink(register: Register): Register {
  return register.id === 0 && register.off === 0 ? register : { ...register, id: 0, off: 0 };
}

/** What is known of an operand is known of what is linked with it: sync_linked_regs(). */
export function spreadLinked(rules: ScalarRules, state: State, number: number, linked: readonly number[]): void {
  const source = registerOf(currentFrame(state), number);
  for (const place of linked) {
    const frame = state.frames[place >> 8];
    const cell = isLinkedRegister(place) ? frame?.registers[place & 63] : frame?.stack[place & 63];
    if (cell === undefined || cell === source) continue;
    const known = source.register;
    const { register } = cell;
    if (register.type !== 'scalar') continue;
    if ((register.id & ~PLUS_CONSTANT) !== (known.id & ~PLUS_CONSTANT)) continue;
    if (((register.id | known.id) & PLUS_CONSTANT) === 0 || register.off === known.off) {
      cell.register = known;
      continue;
    }
    const distance = constantFromInt(register.off - known.off);
    cell.register = { ...known, off: register.off, id: register.id, scalar: plus(rules, known.scalar, distance) };
  }
}
