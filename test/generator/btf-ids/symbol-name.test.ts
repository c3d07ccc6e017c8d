import { describe, expect, it } from 'vitest';
import { isBtfIdsError } from '../../../generator/btf-ids/btf-ids-error.ts';
import { parseSymbolName } from '../../../generator/btf-ids/symbol-name.ts';

describe('a symbol of .BTF_ids', () => {
  it.each([
    ['__BTF_ID__func__bpf_ct_release__779480', 'func', 'bpf_ct_release'],
    ['__BTF_ID__struct__nf_conn___init__773209', 'struct', 'nf_conn___init'],
    ['__BTF_ID__union__a__b__7', 'union', 'a__b'],
    ['__BTF_ID__typedef__pid_t__0', 'typedef', 'pid_t'],
    ['__BTF_ID__set__allowed', 'set', 'allowed'],
    ['__BTF_ID__set8__nf_ct_kfunc_set', 'set8', 'nf_ct_kfunc_set'],
    ['__BTF_ID__set__set8__x', 'set', 'set8__x'],
  ])('%s is a %s of the name %s', (symbol, kind, name) => {
    expect(parseSymbolName(symbol)).toEqual({ kind, name });
  });

  it.each([
    ['__BTF_ID__enum__x__1', 'FAILED unsupported prefix enum__x__1'],
    ['__BTF_ID__', 'FAILED unsupported prefix '],
    ['__BTF_ID__func__x_1', 'FAILED to parse symbol name: func__x_1'],
    ['__BTF_ID__func__x', 'FAILED to parse symbol name: func__x'],
    ['__BTF_ID__func', 'FAILED to parse symbol name: func'],
    ['__BTF_ID__set__', 'FAILED to parse set name: set__'],
    ['__BTF_ID__set8', 'FAILED to parse set name: set8'],
  ])('%s is refused', (symbol, message) => {
    expect(() => parseSymbolName(symbol)).toThrow(
      expect.toSatisfy(
        (error) => isBtfIdsError(error) && error.code === 'bad-symbol' && error.message.endsWith(message),
      ),
    );
  });
});
