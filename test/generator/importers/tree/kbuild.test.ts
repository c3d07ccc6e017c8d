import { describe, expect, it } from 'vitest';
import { ownersBy } from '../../../../generator/importers/tree/kbuild.ts';
import { optionTypes } from '../../../../generator/importers/tree/kconfig.ts';
import { memoryTree } from '../memory-tree.ts';

const KCONFIG = `
config BOOL
	bool "One that is built in"
config TRI
	tristate "One that may be a module"
menuconfig DEF
	def_tristate m
config BOTH
	bool
config BOTH
	tristate
config NONE
	help
	  bool
`;

function ownerOf(path: string, makefiles: Readonly<Record<string, string>>): string | undefined {
  const tree = memoryTree({ 'net/Kconfig': KCONFIG, ...makefiles });
  return ownersBy(tree, optionTypes(tree))(path);
}

describe('the owner of a file', () => {
  it.each([
    ['obj-y := a.o b.o', 'vmlinux'],
    ['lib-y += b.o', 'vmlinux'],
    ['obj-m += b.o', 'b'],
    ['obj-$(CONFIG_BOOL) += a.o \\\n\tb.o', 'vmlinux'],
    ['obj-$(CONFIG_TRI) += b.o', 'b'],
    ['obj-${CONFIG_DEF} += b.o', 'b'],
    ['obj-$(CONFIG_BOTH) += b.o', 'b'],
    ['obj-$(subst m,y,$(CONFIG_TRI)) += b.o', 'vmlinux'],
    ['obj-$(CONFIG_TRI) += my-mod.o\nmy-mod-y := a.o b.o', 'my_mod'],
    ['obj-$(CONFIG_TRI) += mod.o\nmod-objs += b.o', 'mod'],
    ['obj-$(CONFIG_TRI) += mod.o\nifeq ($(CONFIG_TRI),m)\nmod-$(CONFIG_BOOL) += b.o\nendif', 'mod'],
    ['obj-$(CONFIG_BOOL) += mod.o\nmod-$(CONFIG_TRI) += b.o', 'vmlinux'],
    ['obj-$(CONFIG_TRI) += outer.o\nouter-y += inner.o\ninner-y += b.o', 'outer'],
    ['# obj-y += b.o\nobj-y += bb.o', undefined],
    ['obj-$(CONFIG_UNHEARD_OF) += b.o', undefined],
    ['obj-$(CONFIG_NONE) += b.o', undefined],
    ['x-y += y.o b.o\ny-y += x.o', undefined],
  ])('with %j', (makefile, owner) => {
    expect(ownerOf('net/b.c', { 'net/Makefile': makefile })).toBe(owner);
  });

  it('is told by Kbuild rather than Makefile', () => {
    expect(ownerOf('net/b.c', { 'net/Kbuild': 'obj-m += b.o', 'net/Makefile': 'obj-y += b.o' })).toBe('b');
  });

  it('is told by the Makefile of a folder above, by the path from there', () => {
    expect(ownerOf('net/deep/er/b.c', { 'net/Makefile': 'obj-m += mod.o\nmod-y += deep/er/b.o' })).toBe('mod');
  });
});
