import { defineRule } from './rule.ts';

const GOOD = `source: drivers/acme/acme_bpf.c
owner: acme
`;

/** The rules about a file as a text: the reader reports them, before anything in the file is looked at. */

export const notText = defineRule({
  id: 'registry/not-text',
  severity: 'error',
  title: 'A declaration is UTF-8 text',
  explanation: 'The file holds bytes that are no UTF-8 text, or zero bytes. UTF-16 and binary files are refused.',
  kernels: 'all',
  messages: {
    default: { message: 'the file is not UTF-8 text: {why}', suggestion: 'save it as UTF-8 without a byte order mark' },
  },
  examples: { bad: 'source: acme.c\0\nowner: acme\n', good: GOOD },
});

export const fileTooLarge = defineRule({
  id: 'registry/file-too-large',
  severity: 'error',
  title: 'A declaration file is of a size people can review',
  explanation: 'Files over 4 MiB are not read; the largest source file of the kernel needs a hundredth of it.',
  kernels: 'all',
  messages: {
    default: {
      message: 'the file has {size} bytes, more than the {limit} that are read',
      suggestion: 'write one declaration file for each kernel source file',
    },
  },
  examples: { bad: `source: acme.c\nowner: acme\n# ${'x'.repeat(4 * 1024 * 1024)}\n`, good: GOOD },
});

export const emptyFile = defineRule({
  id: 'registry/empty-file',
  severity: 'error',
  title: 'A declaration file declares something',
  explanation: 'The file holds no YAML document, or only comments.',
  kernels: 'all',
  messages: {
    default: { message: 'the file is empty', suggestion: 'begin with `source:` and `owner:`, or remove the file' },
  },
  examples: { bad: '# nothing yet\n', good: GOOD },
});

export const syntax = defineRule({
  id: 'registry/syntax',
  severity: 'error',
  title: 'A declaration is well-formed YAML or JSON',
  explanation: 'The file is not YAML 1.2, or uses what declarations have no use for: tags and several documents.',
  kernels: 'all',
  messages: {
    default: { message: '{problem}' },
    tab: { message: 'a tab indents this line', suggestion: 'indent with spaces: YAML takes no tabs' },
    several: {
      message: 'a second document begins here',
      suggestion: 'write one declaration a file; remove the `---`',
    },
    depth: { message: 'values are nested too deeply to be read', suggestion: 'a declaration nests five levels deep' },
    tag: { message: 'declarations have no tags: {problem}', suggestion: 'remove the tag, or quote the text' },
  },
  examples: { bad: 'source: acme.c\nowner: [acme\n', good: GOOD },
});

export const duplicateKey = defineRule({
  id: 'registry/duplicate-key',
  severity: 'error',
  title: 'A key stands once in a mapping',
  explanation: 'YAML readers differ in which of two equal keys they take, so none is taken.',
  kernels: 'all',
  messages: {
    default: { message: 'this key stands in the mapping already', suggestion: 'keep one of the two' },
  },
  examples: { bad: 'source: acme.c\nowner: acme\nowner: vmlinux\n', good: GOOD },
});

export const alias = defineRule({
  id: 'registry/alias',
  severity: 'error',
  title: 'Aliases resolve, and to a bounded size',
  explanation:
    'YAML aliases may be used, but not to an anchor that does not exist or stands around the alias, and not to build up more than a hundred copies: a few lines of aliases can stand for billions of values.',
  kernels: 'all',
  messages: {
    default: { message: 'this alias is not resolved: {problem}', suggestion: 'write the value out' },
  },
  examples: {
    bad: 'source: acme.c\nowner: acme\nsets: &sets [{ name: a, kfuncs: *sets }]\n',
    good: GOOD,
  },
});

export const byteOrderMark = defineRule({
  id: 'registry/byte-order-mark',
  severity: 'warning',
  title: 'A declaration begins without a byte order mark',
  explanation: 'UTF-8 needs no byte order mark, and other readers of the registry may not skip it.',
  kernels: 'all',
  messages: {
    default: {
      message: 'the file begins with a byte order mark',
      suggestion: 'remove it (`kfuncs validate --fix` does)',
    },
  },
  examples: { bad: `\uFEFF${GOOD}`, good: GOOD },
});

export const lineEndings = defineRule({
  id: 'registry/line-endings',
  severity: 'warning',
  title: 'Lines end with a line feed alone',
  explanation: 'Kernel sources and this registry end lines with LF; CRLF makes every line of a file a change.',
  kernels: 'all',
  messages: {
    default: { message: 'lines of this file end with CRLF', suggestion: 'use LF (`kfuncs validate --fix` does)' },
  },
  examples: { bad: GOOD.replaceAll('\n', '\r\n'), good: GOOD },
});
