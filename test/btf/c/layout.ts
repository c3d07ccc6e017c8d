import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mustRun, temporaryFolder } from '../../c/toolchain.ts';
import { kindOf, type Btf } from '../../../src/btf/btf.ts';
import { skipTypedefs } from '../../../src/btf/follow.ts';
import { openBtf } from '../../../src/btf/open-btf.ts';
import { typeAt } from '../../../src/btf/read-type.ts';
import { memberBits, sizeOf } from '../../../src/btf/size.ts';

/** The tools that take C to BTF without us. */
export const COMPILE_TOOLS = ['clang', 'pahole'] as const;

/** BTF of all types in C, as clang lays them out and pahole writes them down. */
export function compile(text: string): Btf {
  const folder = temporaryFolder();
  const [source, object, btf] = ['types.c', 'types.o', 'types.btf'].map((name) => join(folder, name));
  if (source === undefined || object === undefined || btf === undefined) throw new Error('three names, three paths');
  writeFileSync(source, text);
  mustRun('clang', ['-c', '-g', '-w', '-fno-eliminate-unused-debug-types', source, '-o', object]);
  mustRun('pahole', ['-J', `--btf_encode_detached=${btf}`, object]);
  return openBtf(new Uint8Array(readFileSync(btf)));
}

/** Size, and place and size in bits of every named member, those of anonymous ones among them. */
export function layout(btf: Btf, id: number): string {
  const type = typeAt(btf, skipTypedefs(btf, id));
  if (type.kind === 'enum' || type.kind === 'enum64') {
    const values = type.values.map(({ name, value }) => `${name.replace(/___\d+$/, '')}=${String(value)}`);
    return `${String(type.size)} bytes: ${values.join(' ')}`;
  }
  return `${String(sizeOf(btf, type.id))} bytes: ${members(btf, type.id, 0).join(' ')}`;
}

function members(btf: Btf, id: number, start: number): readonly string[] {
  const type = typeAt(btf, skipTypedefs(btf, id));
  if (type.kind !== 'struct' && type.kind !== 'union') return [];
  return type.members.flatMap((member) => {
    if (member.name === '') return members(btf, member.type, start + member.bitOffset);
    const bits = memberBits(btf, member);
    const offset = start + (bits?.offset ?? member.bitOffset);
    const size = bits?.size ?? 8 * sizeOf(btf, member.type);
    return [`${member.name}@${String(offset)}:${String(size)}`];
  });
}

/** The ids of one BTF itself whose types have a layout and a name. */
export function laidOut(btf: Btf): readonly number[] {
  const ids = Array.from({ length: btf.typeCount - btf.firstId }, (_, index) => btf.firstId + index);
  const kinds = new Set(['struct', 'union', 'enum', 'enum64']);
  return ids.filter((id) => {
    const type = typeAt(btf, id);
    return kinds.has(kindOf(btf, id)) && 'name' in type && type.name !== '';
  });
}
