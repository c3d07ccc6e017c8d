/** A number from 0 to below 2^32 that depends on the seed and the key alone (FNV-1a, then the finish of murmur3). */
export function draw(seed: number, key: string): number {
  let hash = (0x811c9dc5 ^ seed) >>> 0;
  for (let at = 0; at < key.length; at++) hash = Math.imul(hash ^ key.charCodeAt(at), 0x01000193) >>> 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b) >>> 0;
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35) >>> 0;
  return (hash ^ (hash >>> 16)) >>> 0;
}

/**
 * The decisions that make a program. Each has a name, and is drawn by that name and how often it came before: a variant
 * that changes one decision keeps all others, so that two programs differ where they are meant to.
 */
export class Choices {
  readonly #seed: number;
  readonly #variant: number;
  readonly #changed: ReadonlySet<string>;
  readonly #seen = new Map<string, number>();
  /** Decisions that a variant can change, in the order they came. */
  readonly open: string[] = [];

  constructor(seed: number, variant = 0, changed: ReadonlySet<string> = new Set()) {
    this.#seed = seed;
    this.#variant = variant;
    this.#changed = changed;
  }

  /** One of `good`; where a variant changes this decision, one of `other`. */
  pick<T>(name: string, good: readonly T[], other: readonly T[] = []): T {
    const key = this.#key(name);
    if (other.length > 0) this.open.push(key);
    const changed = other.length > 0 && this.#changed.has(key);
    const [from, at] = changed ? [other, draw(this.#seed, `${key}/${String(this.#variant)}`)] : [good, this.#draw(key)];
    const value = from[at % from.length];
    if (value === undefined) throw new RangeError(`nothing to choose for ${name}`);
    return value;
  }

  /** From `low` to `high`, both included. */
  int(name: string, low: number, high: number): number {
    return low + (this.#draw(this.#key(name)) % (high - low + 1));
  }

  chance(name: string, percent: number): boolean {
    return this.#draw(this.#key(name)) % 100 < percent;
  }

  #key(name: string): string {
    const count = this.#seen.get(name) ?? 0;
    this.#seen.set(name, count + 1);
    return `${name}#${String(count)}`;
  }

  #draw(key: string): number {
    return draw(this.#seed, key);
  }
}
