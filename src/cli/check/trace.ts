import { visible } from '../../../generator/diagnostics/format/frame.ts';
import type { Program } from '../../program/program.ts';
import { describeRegister } from '../../verifier/state/describe.ts';
import { lineAt } from '../../verifier/report/line-at.ts';
import type { InstructionText } from '../../verifier/report/place.ts';
import { frameOf, type TraceSink, type Walk } from '../../verifier/walk/walk.ts';

/** Makes what watches the walk through one program. */
export type Tracer = (program: Program, kernel: string, instructionText: InstructionText) => TraceSink;

/** Steps that are shown of a walk; one of a million would help nobody. */
const TRACE_STEPS = 10_000;

/**
 * Prints the walk step by step: each instruction, the registers that it changed, where a path ends and another begins.
 *
 * @param write gets whole lines
 */
export function tracer(write: (text: string) => void, steps = TRACE_STEPS): Tracer {
  return (program, kernel, instructionText) => {
    write(`the walk through ${visible(program.id)} on ${kernel}\n`);
    let shown = 0;
    let last: Seen | undefined;
    let sourceLine: string | undefined;
    const enter = (walk: Walk): boolean => {
      if (shown === steps) write(`… the trace ends after ${String(steps)} steps\n`);
      shown++;
      if (shown > steps) return false;
      if (last !== undefined) write(changes(last, walk));
      return true;
    };
    return {
      step(walk) {
        if (!enter(walk)) return;
        if (last !== undefined && !follows(last, walk)) {
          write(`-- a path put aside at ${String(walk.previousInsn)} goes on\n`);
        }
        const line = lineAt(program.lines, walk.insn);
        const text = line === undefined ? undefined : `${line.file}:${String(line.line)}: ${line.text.trim()}`;
        if (text !== undefined && text !== sourceLine) write(`; ${visible(text)}\n`);
        sourceLine = text;
        write(`${String(walk.insn).padStart(5)}: ${visible(instructionText(walk.insn) ?? '')}\n`);
        last = seen(walk);
      },
      pruned(walk) {
        if (!enter(walk)) return;
        write(`${String(walk.insn).padStart(5)}: a state like this was walked before: the path ends here\n`);
        last = { ...seen(walk), ends: true };
      },
    };
  };
}

/** The registers before a step. */
interface Seen {
  readonly insn: number;
  readonly frame: number;
  readonly registers: readonly string[];
  readonly ends: boolean;
}

function seen(walk: Walk): Seen {
  const { depth, registers } = frameOf(walk);
  return {
    insn: walk.insn,
    frame: depth,
    registers: registers.map(({ register }) => describeRegister(register)),
    ends: false,
  };
}

function follows(last: Seen, walk: Walk): boolean {
  return !last.ends && walk.previousInsn === last.insn;
}

/** What the step before changed, where its path goes on. */
function changes(last: Seen, walk: Walk): string {
  if (!follows(last, walk)) return '';
  const now = seen(walk);
  const lines = now.registers.flatMap((text, number) =>
    text === last.registers[number] || text === 'not written' ? [] : [`       R${String(number)} = ${visible(text)}\n`],
  );
  return now.frame === last.frame ? lines.join('') : `       in function ${String(now.frame)} of the stack\n`;
}
