import { isIn, type VersionNumber, type VersionRange } from '../version.ts';

/** Whether a rule holds for a kernel and an expected attach type; what it does not name it holds for in all cases. */
export function holds<A>(
  rule: { readonly attach_types?: readonly A[]; readonly kernels?: readonly VersionRange[] },
  version: VersionNumber,
  attachType: A | undefined,
): boolean {
  return (
    (rule.kernels === undefined || rule.kernels.some((range) => isIn(range, version))) &&
    (rule.attach_types === undefined || (attachType !== undefined && rule.attach_types.includes(attachType)))
  );
}
