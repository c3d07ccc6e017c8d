/** The words of C that name nothing (C11, 6.4.1) and those that the kernel's headers define as such. */
const KEYWORDS = new Set(
  (
    'auto break case char const continue default do double else enum extern float for goto if inline int long register ' +
    'restrict return short signed sizeof static struct switch typedef union unsigned void volatile while _Alignas ' +
    '_Alignof _Atomic _Bool _Complex _Generic _Imaginary _Noreturn _Static_assert _Thread_local asm typeof bool true false NULL'
  ).split(' '),
);

/** Whether a name can name a function, a struct or a variable in C and in BTF (kernel/bpf/btf.c, btf_name_valid_identifier()). */
export function isIdentifier(name: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) && !KEYWORDS.has(name);
}
