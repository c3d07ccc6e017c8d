/** Kfuncs that the verifier knows by name: special_kfunc_list, kernel/bpf/verifier.c, but for those of its own files. */
const GRAPH = new Set([
  'bpf_list_push_front_impl',
  'bpf_list_push_back_impl',
  'bpf_list_pop_front',
  'bpf_list_pop_back',
  'bpf_rbtree_remove',
  'bpf_rbtree_add_impl',
  'bpf_rbtree_first',
  'bpf_refcount_acquire_impl',
]);

/** is_bpf_graph_api_kfunc(): kfuncs that work on lists, trees and counted objects. */
export function isGraphKfunc(name: string): boolean {
  return GRAPH.has(name);
}

/** Kfuncs whose result or arguments are of a kind of their own, and which are not modelled. */
const OTHERS = new Set([
  ...GRAPH,
  'bpf_obj_new_impl',
  'bpf_obj_drop_impl',
  'bpf_percpu_obj_new_impl',
  'bpf_percpu_obj_drop_impl',
  'bpf_dynptr_from_skb',
  'bpf_dynptr_from_xdp',
  'bpf_dynptr_slice',
  'bpf_dynptr_slice_rdwr',
  'bpf_dynptr_clone',
  'bpf_throw',
  'bpf_wq_set_callback_impl',
  'bpf_session_cookie',
]);

export function isOwnKind(name: string): boolean {
  return OTHERS.has(name);
}
