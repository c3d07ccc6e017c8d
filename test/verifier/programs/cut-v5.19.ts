import { readFileSync, writeFileSync } from 'node:fs';
import { table } from '../../../generated/tables/v5.19.ts';
import { nameOf } from '../../../src/btf/btf.ts';
import { openBtf } from '../../../src/btf/open-btf.ts';
import { typeAt } from '../../../src/btf/read-type.ts';
import { loadPrograms } from '../../../src/program/object/load-programs.ts';
import { essentialName } from '../../../src/program/object/essential-name.ts';
import { openObject } from '../../../src/program/object/open-object.ts';
import { setEntries } from '../../../src/tables/set-entries.ts';
import { createHelperTable } from '../../../src/verifier/kernel/helpers.ts';
import { cutBtf } from './cut-btf.ts';
import { compileSource, readSources } from './sources.ts';

/*
 * Makes fixtures/kernel-v5.19.btf of the whole BTF of a v5.19, raw, whose path is the one argument: what the programs
 * here and the engine ask for.
 */

/** Kept beside what the programs name: contexts, and what kernels look up by name. */
const STRUCTS = [
  'bpf_ctx_convert',
  'bpf_struct_ops_tcp_congestion_ops',
  'tcp_congestion_ops',
  'sock_common',
  'sock',
  'request_sock',
  'inet_sock',
  'inet_connection_sock',
  'inet_request_sock',
  'inet_timewait_sock',
  'tcp_sock',
  'tcp_timewait_sock',
  'tcp_request_sock',
  'nf_conn',
  'prog_test_ref_kfunc',
];

const [input = 'vmlinux.btf'] = process.argv.slice(2);
const vmlinux = openBtf(readFileSync(input));
const structs = new Set(STRUCTS);
const functions = new Set(table.sets.flatMap((set) => [...setEntries(set)].map(([name]) => name as string)));
const bareFunctions = new Set(['bpf_check']);
const typedefs = new Set<string>();
createHelperTable(table.profile.version, (name) => {
  bareFunctions.add(name);
  return true;
});
for (const { path } of readSources()) {
  const object = openObject(compileSource(path));
  const { btf } = object;
  for (let id = 1; btf !== undefined && id < btf.typeCount; id++) {
    if (typeAt(btf, id).kind === 'struct') structs.add(essentialName(nameOf(btf, id)));
  }
  for (const { attach } of loadPrograms(object, {
    kernelBtf: { vmlinux, modules: new Map() },
    kernelVersion: 'v5.19',
  })) {
    if (attach?.kind !== 'function') continue;
    // Which of the two it is depends on the type of program.
    functions.add(attach.name);
    functions.add(`bpf_lsm_${attach.name}`);
    typedefs.add(`btf_trace_${attach.name}`);
  }
}
const bytes = cutBtf(vmlinux, { functions, bareFunctions, structs, typedefs });
writeFileSync(new URL('fixtures/kernel-v5.19.btf', import.meta.url), bytes);
