import { ERRNO } from '../errno.ts';

/** `-EINVAL` for -22; the number where it has no name here. */
export function errnoName(errno: number): string {
  const name = Object.entries(ERRNO).find(([, number]) => number === -errno)?.[0];
  return name === undefined ? String(errno) : `-${name}`;
}
