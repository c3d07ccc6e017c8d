import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadProfiles } from '../../../generator/declarations/load.ts';
import { contextsTarget } from '../../../generator/targets/contexts.ts';
import { contentOf, makeInput } from '../target-input.ts';

const { contexts } = loadProfiles();
const NO_KERNELS = { kernels: [] };

describe('contextsTarget', () => {
  it('emits the same text for the same rules, which is what is checked in', async () => {
    const input = makeInput(NO_KERNELS, { contexts });
    const text = contentOf(await contextsTarget.emit(input), 'contexts/contexts.ts');
    expect(contentOf(await contextsTarget.emit(input), 'contexts/contexts.ts')).toBe(text);
    const path = join(import.meta.dirname, '../../../generated/contexts/contexts.ts');
    expect(readFileSync(path, 'utf8').split('\n').slice(2)).toEqual(text.split('\n').slice(2));
  });

  it('refuses rules that name what does not exist', () => {
    const rules = { layouts: [], progTypes: [{ prog_type: 'p', context: 'ctx' }] };
    const input = makeInput(NO_KERNELS, { contexts: rules });
    expect(() => contextsTarget.emit(input)).toThrow('p has a context ctx');
  });
});
