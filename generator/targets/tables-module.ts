import { createRequire } from 'node:module';
import type * as TsMorph from 'ts-morph';
import { kfuncEntries, type KfuncEntry } from '../declarations/entries.ts';
import type { KernelModel } from '../declarations/model.ts';
import { compareText } from '../declarations/rows.ts';
import { markLines } from './mark.ts';
import { docComment, kfuncComment } from './tables-comment.ts';
import { kernelTable } from './tables-kernel.ts';
import { printLiteral } from './tables-literal.ts';

/** Loaded as the CommonJS module it is: to import it, Node would first look through all of TypeScript for its exports. */
const { IndentationText, Project, QuoteKind, StructureKind } = createRequire(import.meta.url)(
  'ts-morph',
) as typeof TsMorph;

/** A project in memory, for the modules of all kernels. */
export function openProject(): TsMorph.Project {
  return new Project({
    useInMemoryFileSystem: true,
    skipLoadingLibFiles: true,
    manipulationSettings: { indentationText: IndentationText.TwoSpaces, quoteKind: QuoteKind.Single },
  });
}

/**
 * The text of the module of a kernel. It is described whole and printed once: each change of a parsed file would cost
 * as much as printing all of it.
 */
export function printModule(project: TsMorph.Project, path: string, model: KernelModel, version: string): string {
  const { kernel } = model;
  const entries = entriesByName(model);
  const names = [...entries.keys()];
  const dtorTypes = new Set(model.sources.flatMap((source) => source.dtors.map((dtor) => dtor.type)));
  const file = project.createSourceFile(path, {
    leadingTrivia: markLines(version, `the declarations of kernel ${kernel.version}`).map((line) => `// ${line}\n`),
    statements: [
      importStructure,
      kfuncsInterface(kernel.version, entries),
      union('KfuncName', `Name of a kfunc of kernel ${kernel.version}.`, names),
      spaced(union('HookName', `Name of a hook of kernel ${kernel.version}.`, Object.keys(kernel.hooks))),
      spaced(union('FlagName', `Name of a kfunc flag of kernel ${kernel.version}.`, Object.keys(kernel.flags))),
      spaced(union('DtorType', `Name of a type with a destructor in kernel ${kernel.version}.`, [...dtorTypes])),
      constant(
        'table: KernelTable<KfuncName, HookName, FlagName>',
        `The kfuncs of kernel ${kernel.version}.`,
        kernelTable(model),
      ),
      constant(
        'kfuncs: Kfuncs',
        'The names as properties, for editors to complete and explain.',
        Object.fromEntries(names.map((name) => [name, name])),
      ),
    ],
  });
  const text = file.getFullText();
  file.forget();
  return text;
}

function entriesByName(model: KernelModel): ReadonlyMap<string, readonly KfuncEntry[]> {
  const byName = new Map<string, KfuncEntry[]>();
  for (const entry of kfuncEntries(model)) {
    const { name } = entry.kfunc;
    byName.set(name, [...(byName.get(name) ?? []), entry]);
  }
  return new Map([...byName].sort(([a], [b]) => compareText(a, b)));
}

/** By the name of the package, which names itself too: the same text serves every registry. */
const importStructure: TsMorph.ImportDeclarationStructure = {
  kind: StructureKind.ImportDeclaration,
  moduleSpecifier: 'kfunc-registry',
  namedImports: ['deepFreeze', { name: 'KernelTable', isTypeOnly: true }],
};

function kfuncsInterface(
  version: string,
  entries: ReadonlyMap<string, readonly KfuncEntry[]>,
): TsMorph.InterfaceDeclarationStructure {
  return {
    kind: StructureKind.Interface,
    leadingTrivia: docComment([`The kfuncs of kernel ${version}, and what is known of each.`]),
    name: 'Kfuncs',
    isExported: true,
    properties: [...entries].map(([name, list]) => ({
      leadingTrivia: docComment(kfuncComment(list)),
      name,
      type: `'${name}'`,
      isReadonly: true,
    })),
  };
}

function union(name: string, description: string, members: readonly string[]): TsMorph.TypeAliasDeclarationStructure {
  return {
    kind: StructureKind.TypeAlias,
    leadingTrivia: docComment([description]),
    name,
    isExported: true,
    type: members.length === 0 ? 'never' : members.map((member) => `'${member}'`).join('\n| '),
  };
}

/** With an empty line before it: between declarations of one kind ts-morph sets none. */
function spaced(alias: TsMorph.TypeAliasDeclarationStructure): TsMorph.TypeAliasDeclarationStructure {
  return { ...alias, leadingTrivia: `\n${String(alias.leadingTrivia)}` };
}

/** The call is marked as pure, so that a bundler may leave out what nobody uses. */
function constant(nameAndType: string, description: string, value: unknown): string {
  return `\n${docComment([description])}export const ${nameAndType} = /* @__PURE__ */ deepFreeze(${printLiteral(value)});`;
}
