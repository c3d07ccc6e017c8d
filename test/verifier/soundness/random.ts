/** What an environment answers: numbers out of a seed (xorshift32). */
export interface Random {
  /** A number from 0 to below a limit. */
  readonly below: (limit: number) => number;
  /** Any 64 bits: often small ones, and those at the ends of ranges. */
  readonly word: () => bigint;
}

const EDGES = [
  0n,
  1n,
  2n,
  7n,
  8n,
  15n,
  64n,
  255n,
  256n,
  -1n,
  -2n,
  -8n,
  1n << 31n,
  1n << 32n,
  1n << 63n,
  (1n << 31n) - 1n,
];

export function randomOf(seed: number): Random {
  let state = (seed | 0) === 0 ? 0x9e3779b9 : seed | 0;
  const next = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
  const below = (limit: number): number => next() % limit;
  const word = (): bigint => {
    const edge = EDGES[below(EDGES.length * 2)];
    if (edge !== undefined) return BigInt.asUintN(64, edge);
    return (BigInt(next()) << 32n) | BigInt(next());
  };
  return { below, word };
}
