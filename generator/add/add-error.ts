/** An entry that can't be added, in words that say what would help. */
export class AddError extends Error {
  readonly code = 'add';

  constructor(message: string) {
    super(message);
    this.name = 'AddError';
  }
}
