import { kfuncEntries, type KfuncEntry } from '../declarations/entries.ts';
import type { KernelModel } from '../declarations/model.ts';
import { compareText } from '../declarations/rows.ts';
import { docComment, kfuncComment } from './tables-comment.ts';
import { kernelTable } from './tables-kernel.ts';
import { printLiteral } from './tables-literal.ts';

/** What stands in the frame of a module (tables-frame.ts) for the version of a kernel and for the properties of its kfuncs. */
export const HOLES = { kernel: 'HOLE_kernel', members: 'HOLE_members' } as const;

/** What stands there for the members of a union, or for the data of a constant. */
export function holeOf(name: string): string {
  return `HOLE_${name}`;
}

const ANY_HOLE = new RegExp(`^ *${HOLES.members}: never;\\n|HOLE_\\w+`, 'gm');

/** The text of the module of a kernel. */
export function fillModule(frame: string, model: KernelModel): string {
  const { kernel } = model;
  const entries = entriesByName(model);
  const names = [...entries.keys()];
  const dtorTypes = new Set(model.sources.flatMap((source) => source.dtors.map((dtor) => dtor.type)));
  const parts: Readonly<Record<string, string>> = {
    [HOLES.kernel]: kernel.version,
    [holeOf('KfuncName')]: unionOf(names),
    [holeOf('HookName')]: unionOf(Object.keys(kernel.hooks)),
    [holeOf('FlagName')]: unionOf(Object.keys(kernel.flags)),
    [holeOf('DtorType')]: unionOf([...dtorTypes]),
    [holeOf('table')]: printLiteral(kernelTable(model)),
    [holeOf('kfuncs')]: printLiteral(Object.fromEntries(names.map((name) => [name, name]))),
  };
  const properties = [...entries].map(([name, list]) => property(name, list)).join('');
  // In one pass: what is filled in is not looked at again, whatever names it holds.
  return frame.replace(ANY_HOLE, (hole) => (hole.includes(HOLES.members) ? properties : (parts[hole] ?? hole)));
}

function entriesByName(model: KernelModel): ReadonlyMap<string, readonly KfuncEntry[]> {
  const byName = new Map<string, KfuncEntry[]>();
  for (const entry of kfuncEntries(model)) {
    const { name } = entry.kfunc;
    const known = byName.get(name);
    if (known === undefined) {
      byName.set(name, [entry]);
    } else {
      known.push(entry);
    }
  }
  return new Map([...byName].sort(([a], [b]) => compareText(a, b)));
}

/** A kfunc as a property of the interface, with what is known of it. */
function property(name: string, entries: readonly KfuncEntry[]): string {
  const text = `${docComment(kfuncComment(entries))}readonly ${name}: '${name}';\n`;
  return text.replace(/^(?=.)/gm, '  ');
}

function unionOf(members: readonly string[]): string {
  return members.length === 0 ? 'never' : members.map((member) => `'${member}'`).join('\n  | ');
}
