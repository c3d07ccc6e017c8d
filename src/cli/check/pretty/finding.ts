import type { CheckResult } from '../../../../generated/types/check-report.ts';
import { visible } from '../../../../generator/diagnostics/format/frame.ts';
import type { Style } from '../../../../generator/diagnostics/format/style.ts';
import { placeFrame, sourcePosition } from './frame.ts';
import { pathLines } from './path-lines.ts';
import { enumerate, plural, wrap } from '../../../../generator/diagnostics/format/text-layout.ts';

/** What several kernels say alike of one program. */
export interface FindingGroup {
  readonly result: CheckResult;
  readonly kernels: readonly string[];
}

/** A program that is not accepted, for people: where, why, how it gets there, and what to do. */
export function prettyFinding({ result, kernels }: FindingGroup, style: Style, width: number): string {
  const { place, related = [], registers = [], suggestion, rule } = result;
  const paint = result.verdict === 'reject' ? style.error : style.warning;
  const inner = width - INDENT.length;
  const lines = [
    ...heading(result, style, paint),
    ...(place === undefined ? [] : placeFrame(place, inner, paint).map(indent)),
    ...verdictLines(result, kernels, inner).map((line) => indent(style.dim(line))),
    ...related.flatMap((each) => {
      const position = sourcePosition(each.place);
      return [
        indent(`${style.bold(visible(each.message))}${position === undefined ? '' : style.dim(` ${position}`)}`),
        ...placeFrame(each.place, inner, style.warning).map(indent),
      ];
    }),
  ];
  const path = pathLines(result, inner - INDENT.length);
  if (path.length > 0) lines.push(indent(style.bold('the way there')), ...path.map(indent).map(indent));
  for (const { name, text } of registers) {
    lines.push(...labelled(`${visible(name)}: `, visible(text), inner, (label) => label));
  }
  if (suggestion !== undefined && rule !== undefined) {
    lines.push(...labelled('help: ', visible(suggestion), inner, (label) => label.replace('help', style.help)));
  }
  return `${lines.join('\n')}\n`;
}

const INDENT = '  ';

function heading(result: CheckResult, style: Style, paint: Style['error']): readonly string[] {
  const { place, verdict, rule } = result;
  const position = (place && sourcePosition(place)) ?? origin(result);
  const label = verdict === 'reject' ? 'error' : verdict;
  const code = rule === undefined ? '' : ` ${style.dim(visible(rule))}`;
  const path = place?.source?.file ?? result.file;
  return [`${style.link(style.bold(position), path)} ${paint(label)} ${visible(messageOf(result))}${code}`];
}

/** A line that can't be read says itself where it stands. */
function messageOf(result: CheckResult): string {
  const { message = '' } = result;
  const start = `${origin(result)}: `;
  return message.startsWith(start) ? message.slice(start.length) : message;
}

/** Where a program comes from, if there is no source to point to. */
function origin({ file, line }: CheckResult): string {
  return `${visible(file)}${line === undefined ? '' : `:${String(line)}`}`;
}

function verdictLines(result: CheckResult, kernels: readonly string[], width: number): readonly string[] {
  const { id, place, errno_name: errno, insns_processed: processed, verdict } = result;
  const on = visible(`${id} on ${enumerate(kernels)}`);
  const at = place === undefined ? '' : ` at instruction ${String(place.insn)}`;
  const shown =
    place?.instruction === undefined || place.source === undefined ? '' : ` (${visible(place.instruction)})`;
  const count = processed === 0 ? '' : `, after ${plural(processed, 'instruction')}`;
  const returns =
    verdict === 'reject' && errno !== undefined ? `the kernel returns ${visible(errno)}` : 'nothing is claimed';
  return wrap(`${on}: ${returns}${at}${shown}${count}`, width);
}

function labelled(label: string, text: string, width: number, paint: (label: string) => string): readonly string[] {
  const rest = ' '.repeat(label.length);
  return wrap(text, width - label.length).map((line, index) => indent(`${index === 0 ? paint(label) : rest}${line}`));
}

function indent(text: string): string {
  return `${INDENT}${text}`;
}
