/** A program that was accepted did what the verifier has to prevent. */
export class Unsound extends Error {
  override readonly name = 'Unsound';
}

/** @throws Unsound always */
export function unsound(what: string): never {
  throw new Unsound(what);
}
