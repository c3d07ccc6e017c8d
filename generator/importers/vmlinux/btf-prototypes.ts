import { parsePrototype } from '../../c/prototype.ts';
import { attempt, CSyntaxError } from '../../c/syntax-error.ts';
import type { Btf } from '../../../src/btf/btf.ts';
import { isBtfError } from '../../../src/btf/btf-error.ts';
import { declare } from '../../../src/btf/c/c-declaration.ts';
import { createCContext } from '../../../src/btf/c/context.ts';
import { findIdByName } from '../../../src/btf/find.ts';
import { prototypeOf } from '../../../src/btf/prototype.ts';
import type { ReportProblem } from './binary-model.ts';

/** The prototype of a function as its BTF has it, in kernel spelling; undefined, and reported, where C can't say it. */
export function prototypeFromBtf(btf: Btf, name: string, report: ReportProblem): string | undefined {
  const id = findIdByName(btf, name, 'func');
  if (id === undefined) {
    report(`${name} is no function in the BTF, so its prototype is not known`);
    return undefined;
  }
  try {
    const text = declare(createCContext(btf), prototypeOf(btf, id).id, name, 0);
    const prototype = attempt(() => parsePrototype(kernelSpelling(text)));
    if (!(prototype instanceof CSyntaxError)) return prototype.text;
    report(`the prototype of ${name} can't be read: ${text}`);
  } catch (error) {
    if (!isBtfError(error)) throw error;
    report(`the prototype of ${name} can't be read: ${error.message}`);
  }
  return undefined;
}

/** Compilers name integers in an order of their own: `long unsigned int`. */
function kernelSpelling(text: string): string {
  return text
    .replaceAll(TYPE_TAG, '')
    .replaceAll(
      /\b(long long|long|short) (unsigned )?int\b/g,
      (_, size: string, sign = '') => `${String(sign)}${size}`,
    );
}

/** What the kernel spells __user, __rcu and so on. */
const TYPE_TAG = /__attribute__\(\(btf_type_tag\("\w*"\)\)\) ?/g;
