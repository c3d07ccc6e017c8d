import { Rejection, negative, type Values, type VerifierRule } from '../rules/rule.ts';

/** Why a map is not created, or an operation on it fails. */
export interface MapRefusal {
  /** Negative. */
  readonly errno: number;
  readonly rule: VerifierRule;
  readonly message: string;
  readonly suggestion: string;
}

/** @param errno negative; needed where it is not the one that the rule names */
export function refuse<Message extends string, Suggestion extends string>(
  rule: VerifierRule<Message, Suggestion>,
  values: Values<Message, Suggestion>,
  errno = negative(typeof rule.errno === 'string' ? rule.errno : 'EINVAL'),
): MapRefusal {
  const { message, suggestion } = new Rejection(rule, values, {});
  return { errno, rule, message, suggestion };
}
