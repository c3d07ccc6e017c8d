import { UsageError } from '../usage-error.ts';

/** One of several parts of the programs. */
export interface Shard {
  /** From 1. */
  readonly index: number;
  readonly count: number;
}

/** Reads `2/3`. @throws UsageError */
export function parseShard(text: string): Shard {
  const [, index, count] = /^(\d{1,6})\/(\d{1,6})$/.exec(text) ?? [];
  const shard = { index: Number(index), count: Number(count) };
  if (!(shard.index >= 1 && shard.index <= shard.count)) {
    throw new UsageError(`--shard ${text}: say which part of how many, from 1/3 to 3/3`);
  }
  return shard;
}

/** Whether a program, by its number from 0, is in a part: neighbours go to different parts, as they are alike. */
export function isInShard(position: number, shard: Shard | undefined): boolean {
  return shard === undefined || position % shard.count === shard.index - 1;
}
