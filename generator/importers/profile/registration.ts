import type { Kernel } from '../../../generated/types/kernel.ts';
import { closingOf } from '../c/brackets.ts';
import { bodyOf } from '../c/functions.ts';
import type { CToken } from '../c/token.ts';

/** How kernel/bpf/btf.c registers where kernels differ, told by what its functions hold. */
export function readRegistration(tokens: readonly CToken[]): Kernel['registration'] {
  const populate = bodyOf(tokens, /^(__)?btf_populate_kfunc_set$/) ?? [];
  // The other way is to copy: the slot is never given the module's own set.
  const isAssigned = populate.some(({ text }, at) => text === 'add_set' && populate[at - 1]?.text === '=');
  const dtors = bodyOf(tokens, /^register_btf_id_dtor_kfuncs$/);
  const sets = bodyOf(tokens, /^__register_btf_kfunc_id_set$/) ?? bodyOf(tokens, /^register_btf_kfunc_id_set$/) ?? [];
  return {
    module_sets: isAssigned ? 'assigned' : 'copied',
    missing_module_btf: withoutModuleBtf(sets, tokens),
    ...(dtors === undefined ? {} : { missing_module_btf_dtors: withoutModuleBtf(dtors, tokens) }),
    prototypes: sets.some(({ text }) => text === 'btf_check_kfunc_protos') ? 'checked' : 'unchecked',
  };
}

/** What becomes of a module without BTF: the error behind `if (… CONFIG_DEBUG_INFO_BTF_MODULES …)`, or success. */
function withoutModuleBtf(body: readonly CToken[], tokens: readonly CToken[]): 'enoent' | 'success' {
  const shared = body.some(({ text }) => text === 'check_btf_kconfigs');
  const where = shared ? (bodyOf(tokens, /^check_btf_kconfigs$/) ?? []) : body;
  const option = where.findIndex(({ text }) => text === 'CONFIG_DEBUG_INFO_BTF_MODULES');
  const test = where.findLastIndex(({ text }, at) => text === 'if' && at < option);
  const then = test === -1 ? where.length : (closingOf(where, test + 1) ?? where.length) + 1;
  const end =
    where[then]?.text === '{' ? closingOf(where, then) : where.findIndex(({ text }, at) => text === ';' && at > then);
  return where.slice(then, end).some(({ text }) => text === 'ENOENT') ? 'enoent' : 'success';
}
