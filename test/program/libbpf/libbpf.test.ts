import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Btf } from '../../../src/btf/btf.ts';
import { findIdByName } from '../../../src/btf/find.ts';
import { openBtf } from '../../../src/btf/open-btf.ts';
import { openBtfFile } from '../../../src/btf/open-btf-file.ts';
import { typeAt } from '../../../src/btf/read-type.ts';
import { openElf } from '../../../src/elf/open-elf.ts';
import { findSection, sectionData } from '../../../src/elf/sections.ts';
import { decodeCode, encodeCode } from '../../../src/program/code.ts';
import { ATTACH_TYPE } from '../../../src/program/object/attach-types.ts';
import { loadPrograms } from '../../../src/program/object/load-programs.ts';
import { mapTypeName } from '../../../src/program/object/map-types.ts';
import { openObject, type BpfObject } from '../../../src/program/object/open-object.ts';
import type { Program } from '../../../src/program/program.ts';
import { realKernel } from '../../btf/real-kernel.ts';
import { CLANGS, compileFile } from '../compile.ts';
import { libbpfMissing, loadWithLibbpf, type LibbpfLoad, type LibbpfProgram } from './print-load.ts';

const kernel = await realKernel();
const missing =
  libbpfMissing() ?? (CLANGS.length === 0 ? 'needs clang' : typeof kernel === 'string' ? kernel : undefined);
const SOURCES = join(import.meta.dirname, 'c');
const CONFIG = new Map([
  ['CONFIG_BPF_SYSCALL', 'y'],
  ['CONFIG_NF_CONNTRACK', 'm'],
  ['CONFIG_HZ', '250'],
  ['CONFIG_DEFAULT_HOSTNAME', '"(none) and more"'],
  ['CONFIG_TEXT_CHAR', 'y'],
  ['CONFIG_NEGATIVE', '0x10'],
]);
/** What a compiler has to be for a source. */
const NEEDS: Readonly<Record<string, number>> = { 'matches.bpf.c': 16 };
const CASES = readdirSync(SOURCES)
  .filter((file) => file.endsWith('.bpf.c'))
  .flatMap((file) => CLANGS.map((clang) => ({ file, clang })))
  .filter(({ file, clang }) => (NEEDS[file] ?? 0) <= (Number(clang.split('-')[1]) || 14));

/** Program types by number (include/uapi/linux/bpf.h). */
const PROG_TYPES =
  'unspec socket_filter kprobe sched_cls sched_act tracepoint xdp perf_event cgroup_skb cgroup_sock lwt_in lwt_out lwt_xmit sock_ops sk_skb cgroup_device sk_msg raw_tracepoint cgroup_sock_addr lwt_seg6local lirc_mode2 sk_reuseport flow_dissector cgroup_sysctl raw_tracepoint_writable cgroup_sockopt tracing struct_ops ext lsm sk_lookup syscall'.split(
    ' ',
  );
const SLEEPABLE = 1 << 4;

describe.skipIf(missing !== undefined)(`against libbpf${missing === undefined ? '' : ` (skipped: ${missing})`}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'libbpf-'));
  const btfFile = join(folder, 'vmlinux.btf');
  let vmlinux: Btf;

  beforeAll(() => {
    if (typeof kernel === 'string') return;
    const bytes = new Uint8Array(readFileSync(kernel.vmlinux));
    const elf = openElf(bytes);
    const section = findSection(elf, '.BTF');
    if (section !== undefined) writeFileSync(btfFile, sectionData(elf, section));
    vmlinux = openBtfFile(bytes);
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(CASES)('$file by $clang: the kernel gets the same', ({ file, clang }) => {
    compareObject(compileFile(join(SOURCES, file), { clang }), btfFile, vmlinux);
  });

  it('parts that bpftool links: the kernel gets the same', ({ skip }) => {
    skip(spawnSync('bpftool', ['version']).status !== 0, 'needs bpftool');
    const parts = ['part-one', 'part-two'].map((name) => {
      const path = join(folder, `${name}.o`);
      writeFileSync(path, compileFile(join(SOURCES, `${name}.c`)));
      return path;
    });
    const linked = join(folder, 'linked.o');
    expect(spawnSync('bpftool', ['gen', 'object', linked, ...parts], { encoding: 'utf8' }).stderr).toBe('');
    compareObject(new Uint8Array(readFileSync(linked)), btfFile, vmlinux);
  });
});

function compareObject(bytes: Uint8Array, btfFile: string, vmlinux: Btf): void {
  const kconfig = Array.from(CONFIG, ([name, value]) => `${name}=${value}\n`).join('');
  const theirs = loadWithLibbpf(bytes, { btfFile, release: '6.1.192', kconfig });
  expect(theirs.warnings.replace(/^.*truncated to 7 bytes\n$/, '')).toBe('');
  expect(theirs.status).toBe(0);
  const object = openObject(bytes);
  const kernelBtf = { vmlinux, modules: new Map<string, Btf>() };
  const ours = loadPrograms(object, { kernelBtf, kernelVersion: 'v6.1.192', config: CONFIG });
  compareMaps(object, theirs);
  compareBtf(object, theirs);
  expect(ours.map(({ id }) => id.slice(0, 15))).toEqual(theirs.programs.map(({ prog }) => prog));
  ours.forEach((program, index) => {
    const other = theirs.programs[index];
    if (other !== undefined) compareProgram(program, other, theirs, vmlinux);
  });
}

function compareMaps(object: BpfObject, theirs: LibbpfLoad): void {
  const maps = theirs.maps.filter(({ type }) => mapTypeName(type) !== 'struct_ops');
  expect(
    object.maps.map((map) => ({
      type: map.type,
      key_size: map.keySize,
      value_size: map.valueSize,
      max_entries: map.maxEntries,
      flags: map.flags,
      key: map.keyTypeId,
      value: map.valueTypeId,
      frozen: map.frozen,
      inner: map.innerMap,
    })),
  ).toEqual(
    maps.map((map) => ({
      type: mapTypeName(map.type),
      key_size: map.key_size,
      value_size: map.value_size,
      max_entries: map.max_entries,
      flags: map.flags,
      key: map.key,
      value: map.value,
      frozen: theirs.frozen.includes(map.fd),
      inner:
        map.inner === -1 ? undefined : maps.findLastIndex((one, at) => one.fd === map.inner && at < maps.indexOf(map)),
    })),
  );
}

function compareBtf({ btf }: BpfObject, theirs: LibbpfLoad): void {
  const other = theirs.btf === undefined ? undefined : openBtf(theirs.btf);
  expect(btf?.typeCount).toBe(other?.typeCount);
  for (let id = 1; btf !== undefined && other !== undefined && id < btf.typeCount; id++) {
    expect(typeAt(btf, id)).toEqual(typeAt(other, id));
  }
}

function compareProgram(program: Program, other: LibbpfProgram, theirs: LibbpfLoad, vmlinux: Btf): void {
  expect(program.progType).toBe(PROG_TYPES[other.type]);
  expect(program.sleepable).toBe((other.flags & SLEEPABLE) !== 0);
  expect(program.license).toBe(Buffer.from(other.license, 'hex').toString());
  const { attach } = program;
  if (attach?.kind === 'member') {
    const struct = typeAt(vmlinux, other.attach_id);
    expect(struct).toMatchObject({ kind: 'struct', name: attach.struct });
    expect(struct.kind === 'struct' && struct.members[other.attach]?.name).toBe(attach.member);
  } else {
    expect(program.expectedAttachType).toBe(other.attach);
    expect(attachId(program, vmlinux)).toBe(other.attach_id);
  }
  expect(asLoaded(program, theirs, vmlinux)).toEqual(disassembled(other.insns));
  expect(program.functions.map(({ slot, typeId }) => [slot, typeId])).toEqual(records(other.func_info, 2));
  const lines = records(other.line_info, 4).map(([slot = 0, , , position = 0]) => [
    slot,
    position >>> 10,
    position & 1023,
  ]);
  expect(program.lines.map(({ slot, line, column }) => [slot, line, column])).toEqual(lines);
}

/** What the kernel calls what a program is attached to: the beginning of its name, by the name of its section. */
const PREFIXES = ['', 'bpf_lsm_', 'bpf_iter_'];

function attachId({ attach, progType, expectedAttachType }: Program, vmlinux: Btf): number {
  if (attach?.kind !== 'function' || progType === 'ext') return 0;
  if (expectedAttachType === ATTACH_TYPE.TRACE_RAW_TP) {
    return findIdByName(vmlinux, `btf_trace_${attach.name}`, 'typedef') ?? -1;
  }
  const prefix = progType === 'lsm' ? 1 : expectedAttachType === ATTACH_TYPE.TRACE_ITER ? 2 : 0;
  return findIdByName(vmlinux, `${PREFIXES[prefix] ?? ''}${attach.name}`, 'func') ?? -1;
}

/** The instructions with ids and fds in the place of names. */
function asLoaded(program: Program, theirs: LibbpfLoad, vmlinux: Btf): readonly string[] {
  const code = decodeCode(encodeCode(program.code));
  const maps = theirs.maps.filter(({ type }) => mapTypeName(type) !== 'struct_ops');
  for (const [slot, { map }] of program.mapReferences) code.imm[slot] = maps[map]?.fd ?? -1;
  for (const [slot, { name, weak }] of program.kfuncCalls) {
    code.imm[slot] = findIdByName(vmlinux, name, 'func') ?? (weak ? 0 : -1);
  }
  for (const [slot, { name }] of program.kernelVariables) {
    code.imm[slot] = findIdByName(vmlinux, name, 'var') ?? findIdByName(vmlinux, name, 'func') ?? -1;
  }
  return disassembled(Buffer.from(encodeCode(code)).toString('hex'));
}

function disassembled(hex: string): readonly string[] {
  return hex.match(/.{16}/g) ?? [];
}

function records(hex: string, words: number): readonly (readonly number[])[] {
  const view = Buffer.from(hex, 'hex');
  return Array.from({ length: view.length / (4 * words) }, (_, record) =>
    Array.from({ length: words }, (_each, word) => view.readUInt32LE(4 * (record * words + word))),
  );
}
