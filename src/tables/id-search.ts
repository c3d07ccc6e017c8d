/**
 * Binary search for a BTF id in ids that ascend as signed 32-bit numbers; in an array that is not sorted it may miss.
 *
 * btf_id_set_contains(), kernel/bpf/btf.c, and bsearch(), include/linux/bsearch.h. Of several equal ids the same
 * position is found as there. Not modelled: the kernel subtracts ids to compare them, which goes wrong for ids more
 * than 2^31 apart; a BTF id is at most 0x000fffff.
 *
 * @param id a BTF id; a number above 2^31 is taken as the signed number of the same bits
 * @returns the position in `ids`, or -1
 */
export function findId(ids: Int32Array, id: number): number {
  const wanted = id | 0;
  let low = 0;
  let high = ids.length - 1;
  while (low <= high) {
    // Rounded up, as bsearch() does: with an even number of ids left it looks at the upper one of the middle.
    const middle = (low + high + 1) >> 1;
    const found = ids[middle] as number;
    if (found === wanted) return middle;
    if (found < wanted) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}
