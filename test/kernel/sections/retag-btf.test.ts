import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findIdByName } from '../../../src/btf/find.ts';
import { openBtf } from '../../../src/btf/open-btf.ts';
import { typeAt } from '../../../src/btf/read-type.ts';
import { CORPUS } from '../paths.ts';
import { retagBtf } from './retag-btf.ts';

const maps = openBtf(readFileSync(join(CORPUS, 'btf/maps.btf')));

test('kptrs are spelled as later kernels do, and other value types are left out', () => {
  const part = retagBtf(maps, ['v_mix']);
  expect(findIdByName(part, 'v_mix', 'struct')).toBeGreaterThan(0);
  expect(findIdByName(part, 'v_two', 'struct')).toBeUndefined();
  const types = Array.from({ length: part.typeCount - 1 }, (_, at) => typeAt(part, at + 1));
  const tags = types.flatMap((type) => (type.kind === 'type_tag' ? [type.text] : []));
  expect(new Set(tags)).toEqual(new Set(['kptr', 'kptr_untrusted']));
});

test('functions stay, for programs that say where theirs begin', () => {
  expect(findIdByName(retagBtf(maps, []), 'main_prog', 'func')).toBeGreaterThan(0);
});
