import { visible } from '../../../generator/diagnostics/format/frame.ts';
import type { Tracer } from '../../judge/judge-program.ts';
import { createPathTracker } from '../../judge/path-tracker.ts';
import { describeRegister } from '../../verifier/state/describe.ts';
import { lineAt } from '../../verifier/report/line-at.ts';
import { frameOf, type Walk } from '../../verifier/walk/walk.ts';

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
    const { enter } = createPathTracker();
    let shown = 0;
    let last: Seen | undefined;
    let sourceLine: string | undefined;
    /** Ends the step before; undefined where no more is shown. */
    const next = (walk: Walk): { readonly origin: number } | undefined => {
      const origin = enter(walk);
      if (shown === steps) write(`… the trace ends after ${String(steps)} steps\n`);
      shown++;
      if (shown > steps) return undefined;
      if (last !== undefined && origin === shown - 2) write(changes(last, walk));
      return { origin };
    };
    return {
      step(walk) {
        const entered = next(walk);
        if (entered === undefined) return;
        if (last !== undefined && entered.origin !== shown - 2) write(`-- ${beginning(walk)}\n`);
        const line = lineAt(program.lines, walk.insn);
        const text = line === undefined ? undefined : `${line.file}:${String(line.line)}: ${line.text.trim()}`;
        if (text !== undefined && text !== sourceLine) write(`; ${visible(text)}\n`);
        sourceLine = text;
        write(`${String(walk.insn).padStart(5)}: ${visible(instructionText(walk.insn) ?? '')}\n`);
        last = seen(walk);
      },
      pruned(walk) {
        if (next(walk) === undefined) return;
        write(`${String(walk.insn).padStart(5)}: a state like this was walked before: the path ends here\n`);
        last = seen(walk);
      },
    };
  };
}

/** What a step begins that does not go on from the one before. */
function beginning({ previousInsn }: Walk): string {
  return previousInsn < 0 ? 'another function' : `a path put aside at ${String(previousInsn)} goes on`;
}

/** The registers before a step. */
interface Seen {
  readonly frame: number;
  readonly registers: readonly string[];
}

function seen(walk: Walk): Seen {
  const { depth, registers } = frameOf(walk);
  return { frame: depth, registers: registers.map(({ register }) => describeRegister(register)) };
}

/** What the step before changed. */
function changes(last: Seen, walk: Walk): string {
  const now = seen(walk);
  const lines = now.registers.flatMap((text, number) =>
    text === last.registers[number] || text === 'not written' ? [] : [`       R${String(number)} = ${visible(text)}\n`],
  );
  return now.frame === last.frame ? lines.join('') : `       in function ${String(now.frame)} of the stack\n`;
}
