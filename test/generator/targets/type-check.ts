import { join } from 'node:path';
import ts from 'typescript';

const ROOT = join(import.meta.dirname, '../../..');
const TABLES = join(ROOT, 'generated/tables');

/** What somebody who imports a table and sets nothing but `strict` compiles with. */
const OPTIONS: ts.CompilerOptions = {
  strict: true,
  target: ts.ScriptTarget.ES2023,
  lib: ['lib.es2023.d.ts'],
  module: ts.ModuleKind.NodeNext,
  types: [],
  noEmit: true,
  skipLibCheck: true,
  allowImportingTsExtensions: true,
  // The package by its own name, from the sources and not from what was built of them.
  paths: { 'kfunc-registry': [join(ROOT, 'src/index.ts')] },
};

/**
 * Compiles modules as if they stood in `generated/tables`, beside the library's sources.
 *
 * @param files Texts by file name.
 * @returns The errors of each file.
 */
export function typeCheck(files: ReadonlyMap<string, string>): ReadonlyMap<string, readonly string[]> {
  const texts = new Map([...files].map(([name, text]) => [join(TABLES, name), text]));
  const disk = ts.createCompilerHost(OPTIONS);
  const host: ts.CompilerHost = {
    ...disk,
    fileExists: (path) => texts.has(path) || disk.fileExists(path),
    readFile: (path) => texts.get(path) ?? disk.readFile(path),
    getSourceFile: (path, options, ...rest) => {
      const text = texts.get(path);
      return text === undefined ? disk.getSourceFile(path, options, ...rest) : ts.createSourceFile(path, text, options);
    },
  };
  const program = ts.createProgram([...texts.keys()], OPTIONS, host);
  return new Map(
    [...files.keys()].map((name) => [
      name,
      ts
        .getPreEmitDiagnostics(program, program.getSourceFile(join(TABLES, name)))
        .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n')),
    ]),
  );
}
