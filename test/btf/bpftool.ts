import { spawnSync } from 'node:child_process';
import type { BtfMember, BtfParameter, BtfType } from '../../src/btf/btf-type.ts';

/** A type as `bpftool -j btf dump … format raw` prints it. */
export type Dumped = Readonly<Record<string, unknown>> & { readonly id: number };

const MOST_OUTPUT = 1024 ** 3;

/** What bpftool reads in a file, with the BTF of `base` if it is split. */
export function dump(file: string, base?: string): readonly Dumped[] {
  const args = ['-j', ...(base === undefined ? [] : ['-B', base]), 'btf', 'dump', 'file', file, 'format', 'raw'];
  const { stdout, stderr, status } = spawnSync('bpftool', args, { encoding: 'utf8', maxBuffer: MOST_OUTPUT });
  if (status !== 0) throw new Error(`bpftool ${args.join(' ')}\n${stderr}`);
  const { types } = JSON.parse(stdout) as { readonly types: readonly Dumped[] };
  return types;
}

/** A type as bpftool would print it. */
export function asDumped(type: BtfType): Dumped {
  const { id } = type;
  const kind = type.kind.toUpperCase();
  const head = { id, kind, name: named('name' in type ? type.name : '') };
  switch (type.kind) {
    case 'int':
      return {
        ...head,
        size: type.size,
        bits_offset: type.bitOffset,
        nr_bits: type.bits,
        encoding: encoding(type.encoding),
      };
    case 'float':
      return { ...head, size: type.size };
    case 'ptr':
    case 'const':
    case 'volatile':
    case 'restrict':
    case 'typedef':
      return { ...head, type_id: type.type };
    case 'array':
      return { ...head, type_id: type.type, index_type_id: type.indexType, nr_elems: type.length };
    case 'struct':
    case 'union':
      return { ...head, size: type.size, vlen: type.members.length, members: type.members.map(member) };
    case 'enum':
    case 'enum64': {
      // Without a sign it still prints the 32 bits of an enum as if they had one, in 64 bits.
      const bits = (value: bigint): bigint => (kind === 'ENUM' ? BigInt.asIntN(32, value) : value);
      const print = (value: bigint): bigint => (type.signed ? value : BigInt.asUintN(64, bits(value)));
      const values = type.values.map(({ name, value }) => ({ name, val: Number(print(value)) }));
      return { ...head, encoding: type.signed ? 'SIGNED' : 'UNSIGNED', size: type.size, vlen: values.length, values };
    }
    case 'fwd':
      return { ...head, fwd_kind: type.of };
    case 'func':
      return { ...head, type_id: type.type, linkage: type.linkage };
    case 'func_proto': {
      const params = [...type.parameters, ...(type.isVariadic ? [{ name: '', type: 0 }] : [])].map(parameter);
      return { ...head, ret_type_id: type.returns, vlen: params.length, params };
    }
    case 'var':
      return { ...head, type_id: type.type, linkage: type.linkage };
    case 'datasec': {
      const vars = type.variables.map(({ type: type_id, offset, size }) => ({ type_id, offset, size }));
      return { ...head, size: type.size, vlen: vars.length, vars };
    }
    case 'decl_tag':
      return { ...head, name: type.text, type_id: type.type, component_idx: type.component ?? -1 };
    case 'type_tag':
      return { ...head, name: type.text, type_id: type.type };
    case 'void':
      return head;
  }
}

function member({ name, type, bitOffset, bitSize }: BtfMember): unknown {
  const head = { name: named(name), type_id: type, bits_offset: bitOffset };
  return bitSize === undefined ? head : { ...head, bitfield_size: bitSize };
}

function parameter({ name, type }: BtfParameter): unknown {
  return { name: named(name), type_id: type };
}

function named(name: string): string {
  return name === '' ? '(anon)' : name;
}

function encoding(name: string): string {
  return name === 'unsigned' ? '(none)' : name === 'bool' ? 'BOOL' : name.toUpperCase();
}
