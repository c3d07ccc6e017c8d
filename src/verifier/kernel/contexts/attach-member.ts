import type { ProgTypeRules } from '../../../../generated/types/prog-type.ts';
import type { Btf } from '../../../btf/btf.ts';
import { findIdByName } from '../../../btf/find.ts';
import { skipTypedefs } from '../../../btf/follow.ts';
import { typeAt, typeOfKind } from '../../../btf/read-type.ts';
import type { BtfPrototype } from '../../../btf/btf-type.ts';
import type { ErrnoName } from '../../errno.ts';
import type { Kernel } from '../kernel.ts';
import type { AttachResult } from './attach-target.ts';
import type { ContextProgram } from './program-types.ts';
import { holds } from './ranges.ts';

/** The member that a struct_ops program implements: check_struct_ops_btf_id(), kernel/bpf/verifier.c. */
export function attachMember(kernel: Kernel, program: ContextProgram, rules: ProgTypeRules): AttachResult {
  const { attach } = program;
  if (attach?.kind !== 'member') return reject('ENOTSUPP', 'a struct_ops program has to name a struct of operations');
  const btf = kernel.vmlinux.btf;
  const structId = findIdByName(btf, attach.struct, 'struct');
  if (structId === undefined) return { kind: 'unsupported', reason: `the kernel's BTF has no struct ${attach.struct}` };
  const operations = rules.operations?.find(
    (each) => each.struct === attach.struct && holds(each, kernel.version, undefined),
  );
  if (operations === undefined) {
    // From v6.9 on anything may register such structs (register_bpf_struct_ops()), with a struct for their maps.
    if (findIdByName(btf, `bpf_struct_ops_${attach.struct}`, 'struct') !== undefined) {
      return { kind: 'unsupported', reason: `operations of struct ${attach.struct} are not modelled` };
    }
    return reject('ENOTSUPP', `struct ${attach.struct} is none whose operations programs may implement`);
  }
  const members = typeOfKind(btf, structId, 'struct').members;
  const index = members.findIndex(({ name }) => name === attach.member);
  const member = members[index];
  if (member === undefined) return reject('EINVAL', `struct ${attach.struct} has no member ${attach.member}`);
  const prototype = pointedPrototype(btf, member.type);
  if (prototype === undefined) {
    return reject('EINVAL', `member ${attach.member} of struct ${attach.struct} is no pointer to a function`);
  }
  if (operations.unsupported?.includes(attach.member) === true) {
    return reject('ENOTSUPP', `member ${attach.member} of struct ${attach.struct} is none that programs may implement`);
  }
  if (program.sleepable && operations.sleepable?.includes(attach.member) === false) {
    return reject('EINVAL', `programs that implement ${attach.member} of struct ${attach.struct} cannot sleep`);
  }
  return {
    kind: 'member',
    struct: attach.struct,
    name: attach.member,
    home: kernel.vmlinux,
    typeId: structId,
    prototype,
    member: index,
  };
}

/** btf_type_resolve_func_ptr(), kernel/bpf/btf.c. */
function pointedPrototype(btf: Btf, id: number): BtfPrototype | undefined {
  const pointer = typeAt(btf, skipTypedefs(btf, id));
  if (pointer.kind !== 'ptr') return undefined;
  const target = typeAt(btf, skipTypedefs(btf, pointer.type));
  return target.kind === 'func_proto' ? target : undefined;
}

function reject(errno: ErrnoName, reason: string): AttachResult {
  return { kind: 'rejected', errno, reason };
}
