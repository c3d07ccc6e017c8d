/** What a flag of a kfunc says, for people. */
export interface FlagMeaning {
  /** One or two letters, for narrow cells. */
  readonly letters: string;
  readonly meaning: string;
}

const MEANINGS: Readonly<Record<string, FlagMeaning>> = {
  acquire: { letters: 'A', meaning: 'the result carries a reference that the program must release' },
  release: { letters: 'R', meaning: 'takes the reference of its referenced argument' },
  ret_null: { letters: 'N', meaning: 'the result may be NULL and must be tested' },
  kptr_get: { letters: 'K', meaning: 'takes a reference to the object in a map that its argument points to' },
  trusted_args: { letters: 'T', meaning: 'pointer arguments must be referenced or trusted' },
  sleepable: { letters: 'S', meaning: 'only programs that may sleep can call it' },
  destructive: { letters: 'D', meaning: 'the loader needs CAP_SYS_BOOT' },
  rcu: { letters: 'U', meaning: 'pointer arguments must be trusted, or protected by RCU' },
  rcu_protected: { letters: 'P', meaning: 'the call, or up to v6.17 the iterator, must stand in an RCU read section' },
  iter_new: { letters: 'I+', meaning: 'begins an iteration' },
  iter_next: { letters: 'I·', meaning: 'goes a step in an iteration' },
  iter_destroy: { letters: 'I−', meaning: 'ends an iteration' },
  fastcall: { letters: 'F', meaning: 'keeps the registers that hold no arguments' },
  arena_ret: { letters: 'Gr', meaning: 'returns a pointer into an arena' },
  arena_arg1: { letters: 'G1', meaning: 'its first argument points into an arena' },
  arena_arg2: { letters: 'G2', meaning: 'its second argument points into an arena' },
  implicit_args: { letters: 'M', meaning: 'the verifier gives arguments that programs do not name' },
};

/** What a flag says; a flag that is not known here stands for itself. */
export function meaningOf(flag: string): FlagMeaning {
  return Object.hasOwn(MEANINGS, flag) ? (MEANINGS[flag] ?? unknown(flag)) : unknown(flag);
}

/** The letters of flags, in the order given; a dot where there is none. */
export function lettersOf(flags: readonly string[]): string {
  return flags.length === 0 ? '•' : flags.map((flag) => meaningOf(flag).letters).join(' ');
}

function unknown(flag: string): FlagMeaning {
  return { letters: flag, meaning: flag };
}
