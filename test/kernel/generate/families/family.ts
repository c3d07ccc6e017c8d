import type { Body } from '../case.ts';
import type { Choices } from '../choices.ts';
import { Draft } from '../draft.ts';

export interface Family {
  readonly name: string;
  /** How often it is taken, beside the others. */
  readonly weight: number;
  readonly make: (choices: Choices) => Body;
}

/** A family of programs: `write` writes the main program up to its end. */
export function programs(name: string, weight: number, write: (draft: Draft) => void): Family {
  return {
    name,
    weight,
    make: (choices) => {
      const draft = new Draft(choices);
      write(draft);
      return draft.finish();
    },
  };
}
