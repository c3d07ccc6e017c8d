import { createRequire } from 'node:module';
import type * as TsMorph from 'ts-morph';
import { markLines } from './mark.ts';
import { docComment } from './tables-comment.ts';
import { holeOf, HOLES } from './tables-fill.ts';

/** Loaded as the CommonJS module it is: to import it, Node would first look through all of TypeScript for its exports. */
const { IndentationText, Project, QuoteKind, StructureKind } = createRequire(import.meta.url)(
  'ts-morph',
) as typeof TsMorph;

/**
 * The text of a module, with words where something of a kernel stands. ts-morph prints it once, and fillModule() once a
 * kernel: to print all of twenty kernels with it would take as long as everything else together.
 */
export function printFrame(version: string): string {
  const project = new Project({
    useInMemoryFileSystem: true,
    skipLoadingLibFiles: true,
    manipulationSettings: { indentationText: IndentationText.TwoSpaces, quoteKind: QuoteKind.Single },
  });
  const file = project.createSourceFile('frame.ts', {
    leadingTrivia: markLines(version, `the declarations of kernel ${HOLES.kernel}`).map((line) => `// ${line}\n`),
    statements: [
      importStructure,
      kfuncsInterface,
      union('KfuncName', `Name of a kfunc of kernel ${HOLES.kernel}.`),
      spaced(union('HookName', `Name of a hook of kernel ${HOLES.kernel}.`)),
      spaced(union('FlagName', `Name of a kfunc flag of kernel ${HOLES.kernel}.`)),
      spaced(union('DtorType', `Name of a type with a destructor in kernel ${HOLES.kernel}.`)),
      constant('table: KernelTable<KfuncName, HookName, FlagName>', `The kfuncs of kernel ${HOLES.kernel}.`),
      constant('kfuncs: Kfuncs', 'The names as properties, for editors to complete and explain.'),
    ],
  });
  return file.getFullText();
}

/** By the name of the package, which names itself too: the same text serves every registry. */
const importStructure: TsMorph.ImportDeclarationStructure = {
  kind: StructureKind.ImportDeclaration,
  moduleSpecifier: 'kfunc-registry',
  namedImports: ['deepFreeze', { name: 'KernelTable', isTypeOnly: true }],
};

const kfuncsInterface: TsMorph.InterfaceDeclarationStructure = {
  kind: StructureKind.Interface,
  leadingTrivia: docComment([`The kfuncs of kernel ${HOLES.kernel}, and what is known of each.`]),
  name: 'Kfuncs',
  isExported: true,
  properties: [{ name: HOLES.members, type: 'never' }],
};

function union(name: string, description: string): TsMorph.TypeAliasDeclarationStructure {
  const leadingTrivia = docComment([description]);
  return { kind: StructureKind.TypeAlias, leadingTrivia, name, isExported: true, type: holeOf(name) };
}

/** With an empty line before it: between declarations of one kind ts-morph sets none. */
function spaced(alias: TsMorph.TypeAliasDeclarationStructure): TsMorph.TypeAliasDeclarationStructure {
  return { ...alias, leadingTrivia: `\n${String(alias.leadingTrivia)}` };
}

/** The call is marked as pure, so that a bundler may leave out what nobody uses. */
function constant(nameAndType: string, description: string): string {
  const [name = ''] = nameAndType.split(':');
  return `\n${docComment([description])}export const ${nameAndType} = /* @__PURE__ */ deepFreeze(${holeOf(name)});`;
}
