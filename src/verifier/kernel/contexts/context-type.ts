import { kindNumberOf, kindOf, nameOf, targetOf, type Btf } from '../../../btf/btf.ts';
import { isModifier, skipTypedefs } from '../../../btf/follow.ts';
import type { Kernel } from '../kernel.ts';
import { isIn } from '../version.ts';
import { programTypeInfo } from './program-types.ts';

/** Kernels to which what the kernel itself has for a context counts as the context too. */
const PROJECTIONS = { since: 'v6.3' };
const PROJECTION_OF: Readonly<Record<string, string>> = { __sk_buff: 'sk_buff', xdp_md: 'xdp_buff' };
/** Kernels that look behind the typedef which is the context of kprobes. */
const UNDERLYING = { since: 'v6.3' };
/** Kernels to which the typedef itself counts, whatever is behind it. */
const KPROBE_TYPEDEF = { since: 'v6.9' };
/** Kernels to which a struct without a name is the context of a program type whose context has none. */
const NAMELESS = { until: 'v6.9' };
const PT_REGS_TYPEDEF = 'bpf_user_pt_regs_t';
const PT_REGS = 'pt_regs';

/**
 * Whether a pointer is one to the context of a program type: btf_get_prog_ctx_type(), from v6.9 on
 * btf_is_prog_ctx_type(), kernel/bpf/btf.c.
 *
 * @param pointer a PTR in `btf`
 */
export function isContextPointer(kernel: Kernel, progType: string, btf: Btf, pointer: number): boolean {
  const pointee = targetOf(btf, pointer);
  if (progType === 'kprobe' && isIn(KPROBE_TYPEDEF, kernel.version) && isPtRegsTypedef(btf, pointee)) return true;
  const structId = skipTypedefs(btf, pointee);
  const kind = kindOf(btf, structId);
  if (kind !== 'struct' && kind !== 'union') return false;
  const name = nameOf(btf, structId);
  const context = programTypeInfo(progType)?.contextStruct;
  if (context === undefined) return name === '' && isIn(NAMELESS, kernel.version);
  if (name === context) return true;
  if (context === PT_REGS_TYPEDEF) return name === PT_REGS && isIn(UNDERLYING, kernel.version);
  return name === PROJECTION_OF[context] && isIn(PROJECTIONS, kernel.version);
}

function isPtRegsTypedef(btf: Btf, id: number): boolean {
  let current = id;
  while (isModifier(kindNumberOf(btf, current))) current = targetOf(btf, current);
  return kindOf(btf, current) === 'typedef' && nameOf(btf, current) === PT_REGS_TYPEDEF;
}
