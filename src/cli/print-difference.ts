import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compareOutput, isSame } from '../../generator/output/compare-output.ts';
import type { OutputFile } from '../../generator/targets/target.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { note, print, styleOf, type CommonOptions } from './output.ts';

/** `kfuncs generate --check`: the files that would change, where they first differ, and the command that mends it. */
export function printDifference(
  options: CommonOptions & { readonly out: string },
  files: readonly OutputFile[],
  folders: readonly string[],
): ExitCode {
  const comparison = compareOutput(options.out, files, folders);
  if (isSame(comparison)) {
    note(options, `${options.out}: ${String(files.length)} files, all up to date`);
    return EXIT.ok;
  }
  const style = styleOf(options);
  const { added, changed, removed } = comparison;
  const lines = [
    ...added.map(({ path }) => `added    ${join(options.out, path)}`),
    ...changed.flatMap((file) => {
      const path = join(options.out, file.path);
      const { line, before, after } = firstDifference(readFileSync(path, 'utf8'), file.content);
      return [
        `changed  ${path}:${String(line)}`,
        ...(before === undefined ? [] : [style.error(`  - ${before}`)]),
        ...(after === undefined ? [] : [style.help(`  + ${after}`)]),
      ];
    }),
    ...removed.map((path) => `removed  ${join(options.out, path)}`),
  ];
  const total = added.length + changed.length + removed.length;
  print(
    `${lines.join('\n')}\n${style.bold(total === 1 ? '1 file is stale' : `${String(total)} files are stale`)}; \`kfuncs generate\` makes them again\n`,
  );
  return EXIT.findings;
}

interface Difference {
  readonly line: number;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

function firstDifference(before: string, after: string): Difference {
  const [old, now] = [before.split('\n'), after.split('\n')];
  let index = 0;
  while (index < old.length && old[index] === now[index]) {
    index++;
  }
  return { line: index + 1, before: old[index], after: now[index] };
}
