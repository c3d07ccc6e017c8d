import type { DeclaredConfig } from '../declarations/registry.ts';
import { CSyntaxError } from '../c/syntax-error.ts';
import { declaration } from './example.ts';
import { defineRule } from './rule.ts';

export const configSyntax = defineRule({
  id: 'registry/config-syntax',
  severity: 'error',
  title: 'A config condition is a C condition over CONFIG_ options',
  explanation:
    'The condition becomes #if in the headers: CONFIG_ options, IS_ENABLED(), IS_BUILTIN(), IS_MODULE(), IS_REACHABLE() (include/linux/kconfig.h), `!`, `&&`, `||` and parentheses.',
  kernels: 'all',
  messages: {
    default: {
      message: 'this is no config condition: {problem} at character {column}',
      suggestion: 'write it as C does: `CONFIG_X86 && !IS_ENABLED(CONFIG_IPV6)`',
    },
  },
  examples: {
    bad: declaration('config: CONFIG_X86 and CONFIG_NET\n'),
    good: declaration('config: CONFIG_X86 && CONFIG_NET\n'),
  },
  check({ registry, report }) {
    const configs = registry.files.flatMap(({ config, sets, dtors }): (DeclaredConfig | undefined)[] => [
      config,
      ...sets.flatMap((set) => [set.config, ...set.kfuncs.map((kfunc) => kfunc.config)]),
      ...dtors.map((dtor) => dtor.config),
    ]);
    for (const config of configs) {
      if (config?.parsed instanceof CSyntaxError) {
        const { message, offset } = config.parsed;
        report({ message: 'default', values: { problem: message, column: offset + 1 }, place: config.place });
      }
    }
  },
});
