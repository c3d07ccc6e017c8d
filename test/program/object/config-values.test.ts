import { describe, expect, it } from 'vitest';
import { configContents } from '../../../src/program/object/config-values.ts';
import type { ExternConfig } from '../../../src/program/object/externs.ts';
import { isObjectError } from '../../../src/program/object/object-error.ts';

function extern(more: Partial<ExternConfig>): ExternConfig {
  const head = { kind: 'config', name: 'CONFIG_X', weak: false, symbol: 1, typeId: 1 } as const;
  return { ...head, type: 'int', isSigned: false, size: 4, offset: 0, ...more };
}

function contents(more: Partial<ExternConfig>, value: string | undefined): string {
  const config = new Map(value === undefined ? [] : [['CONFIG_X', value]]);
  const one = extern(more);
  return Buffer.from(configContents([one], one.size, { version: 'v6.1', config })).toString('hex');
}

describe('a value of the configuration', () => {
  it.each([
    [{ type: 'bool', size: 1 }, 'y', '01'],
    [{ type: 'bool', size: 1 }, 'n', '00'],
    [{ type: 'tristate' }, 'm', '02000000'],
    [{ type: 'char', size: 1 }, 'm', '6d'],
    [{ type: 'char', size: 1, isSigned: true }, '-1', 'ff'],
    [{ type: 'int' }, '250', 'fa000000'],
    [{ type: 'int' }, '0xffffffff', 'ffffffff'],
    [{ type: 'int', size: 8 }, '0x1122334455667788', '8877665544332211'],
    [{ type: 'int', size: 2, isSigned: true }, '-2', 'feff'],
    [{ type: 'text', size: 4 }, '"ab"', '61620000'],
    [{ type: 'text', size: 4 }, '"abcdef"', '61626300'],
    [{ type: 'int', weak: true }, undefined, '00000000'],
  ] as const)('%o of %s is %s', (more, value, hex) => {
    expect(contents(more, value)).toBe(hex);
  });

  it.each([
    [{ type: 'bool', size: 1 }, 'm', 'bad-extern'],
    [{ type: 'bool', size: 1 }, '1', 'bad-extern'],
    [{ type: 'int', size: 1 }, '256', 'bad-extern'],
    [{ type: 'int', size: 1, isSigned: true }, '128', 'bad-extern'],
    [{ type: 'int' }, '-1', 'bad-extern'],
    [{ type: 'int' }, '"text"', 'bad-extern'],
    [{ type: 'text', size: 4 }, 'text', 'bad-extern'],
    [{ type: 'int' }, undefined, 'config-missing'],
  ] as const)('%o of %s is refused', (more, value, code) => {
    try {
      contents(more, value);
    } catch (error) {
      expect(isObjectError(error) && error.code).toBe(code);
      return;
    }
    throw new Error('nothing was thrown');
  });

  it.each([
    ['v6.1', '00010600'],
    ['v5.19', '00130500'],
    ['v6.1.192', 'c0010600'],
    ['6.1.300', 'ff010600'],
  ])('the version %s is a number', (version, hex) => {
    const one = extern({ name: 'LINUX_KERNEL_VERSION' });
    expect(Buffer.from(configContents([one], 4, { version, config: new Map() })).toString('hex')).toBe(hex);
  });
});
