import { posix } from 'node:path';
import type { OutputFile } from '../../../generator/targets/target.ts';

/** The relative links of the pages that lead to no page, as `page -> link`. */
export function deadLinks(files: readonly OutputFile[]): readonly string[] {
  const paths = new Set(files.map((file) => file.path));
  return files.flatMap(({ path, content }) =>
    [...withoutCode(content).matchAll(/\]\(([^)]*)\)/g)]
      .map(([, to]) => to ?? '')
      .filter((to) => !paths.has(posix.join(posix.dirname(path), to)))
      .map((to) => `${path} -> ${to}`),
  );
}

/** Brackets in blocks of code are no links. */
function withoutCode(markdown: string): string {
  return markdown.replaceAll(/^(`{3,})[^\n]*\n.*?^\1$/gms, '');
}
