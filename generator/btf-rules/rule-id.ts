/**
 * Whether a rule id is that of a rule which compares with BTF. It can be told without the rules, which need the reader of
 * BTF that most runs do without.
 */
export function isBtfRule(id: string): boolean {
  return id.startsWith('registry/btf-');
}
