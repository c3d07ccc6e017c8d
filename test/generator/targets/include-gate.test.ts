import { describe, expect, it } from 'vitest';
import { emitHeader } from '../../c/headers.ts';
import { makeDtor, makeKernel, makeKfunc, makeSet, makeSource } from '../model-factory.ts';

const v60 = makeKernel('v6.0');
const v519 = makeKernel('v5.19', 'id_set');

const f = makeKfunc('f', ['release'], { config: 'CONFIG_A' });
const g = makeKfunc('g', [], { config: 'CONFIG_A' });
const h = makeKfunc('h', [], { config: '!CONFIG_B' });
const plain = makeKfunc('plain');

/** The header of one set, from its first directive on. */
async function bodyOf(kernel: typeof v60, kfuncs: Parameters<typeof makeSet>[2], config?: string): Promise<string> {
  const set = makeSet('s', [['xdp', 'xdp']], kfuncs, config === undefined ? {} : { config });
  const header = await emitHeader(kernel, makeSource('net/s.c', [set]));
  return header.slice(header.indexOf('module.h>') + 'module.h>\n\n'.length, header.indexOf('\n#endif /* KFUNCS_'));
}

/** The lines that say what exists when. */
function directivesOf(text: string): string {
  return text
    .split('\n')
    .filter((line) => /^(#|BTF_(ID|SET8?)|\t\.\w+_set)/.test(line))
    .join('\n');
}

describe('a condition', () => {
  it('is said once for neighbours', async () => {
    expect(directivesOf(await bodyOf(v60, [plain, f, g, h]))).toBe(
      `BTF_SET8_START(s_ids)
BTF_ID_FLAGS(func, plain)
#ifdef CONFIG_A
BTF_ID_FLAGS(func, f, KF_RELEASE)
BTF_ID_FLAGS(func, g)
#endif
#ifndef CONFIG_B
BTF_ID_FLAGS(func, h)
#endif
BTF_SET8_END(s_ids)`,
    );
  });

  it('of all entries is the condition of the set, which is then not registered either', async () => {
    expect(directivesOf(await bodyOf(v60, [f, g]))).toBe(
      `#ifdef CONFIG_A
BTF_SET8_START(s_ids)
BTF_ID_FLAGS(func, f, KF_RELEASE)
BTF_ID_FLAGS(func, g)
BTF_SET8_END(s_ids)
#endif /* CONFIG_A */
#ifdef CONFIG_A
#endif`,
    );
  });

  it('of the set is not said again by its entries', async () => {
    const body = await bodyOf(v60, [f, plain], 'CONFIG_A');
    expect(body.match(/#ifdef CONFIG_A/g)).toHaveLength(2);
  });

  it('keeps a set of one type away where nothing is in it', async () => {
    expect(directivesOf(await bodyOf(v519, [plain, f]))).toBe(
      `BTF_SET_START(s_check_ids)
BTF_ID(func, plain)
#ifdef CONFIG_A
BTF_ID(func, f)
#endif
BTF_SET_END(s_check_ids)
#ifdef CONFIG_A
BTF_SET_START(s_release_ids)
BTF_ID(func, f)
BTF_SET_END(s_release_ids)
#endif
	.check_set = &s_check_ids,
#ifdef CONFIG_A
	.release_set = &s_release_ids,
#endif`,
    );
  });

  it('names each alternative once', async () => {
    const either = makeKfunc('either', [], { config: '!CONFIG_B || CONFIG_C' });
    const body = await bodyOf(v60, [f, h, either]);
    expect(body).toContain('#if defined(CONFIG_A) || !defined(CONFIG_B) || defined(CONFIG_C)\n');
    expect(body).toContain('#endif /* CONFIG_A || !CONFIG_B || CONFIG_C */\n');
  });

  it('that is too long for a line is continued, and not repeated at its end', async () => {
    const options = ['A', 'B', 'C', 'D'].map((letter) => `CONFIG_${letter.repeat(20)}`);
    const body = await bodyOf(v60, [makeKfunc('k', [], { config: options.join(' && ') })]);
    expect(body).toContain(`#if ${options.map((option) => `defined(${option})`).join(' && \\\n    ')}\n`);
    expect(body).toMatch(/\n#endif\n/);
  });

  it('of the source file is around all but the register function, which there is always', async () => {
    const source = makeSource('net/s.c', [makeSet('s', [['xdp', 'xdp']], [plain])], {
      config: 'IS_ENABLED(CONFIG_NET)',
      dtors: [makeDtor('obj', 'obj_release')],
    });
    const header = await emitHeader(v60, source);
    const afterGate = header.slice(header.indexOf('#endif /* IS_ENABLED(CONFIG_NET) */'));
    expect(header.indexOf('BTF_SET8_START')).toBeGreaterThan(header.indexOf('#if IS_ENABLED(CONFIG_NET)'));
    expect(afterGate).toMatch(
      /static inline int register_s\(void\)\n\{\n\tint ret = 0;\n\n#if IS_ENABLED\(CONFIG_NET\)\n/,
    );
    expect(afterGate).toMatch(/\tret = ret \?: register_s_dtors\(\);\n#endif\n\treturn ret;\n\}/);
  });
});
