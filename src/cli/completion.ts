import tab from '@bomb.sh/tab/commander';
import type { Command } from 'commander';
import { loadProfiles, loadRegistry } from '../../generator/declarations/load.ts';
import { listRows } from '../../generator/declarations/rows.ts';
import { registryFolder } from './registry-paths.ts';
import { RULE_VIEWS } from './rule-views.ts';
import { TARGET_NAMES } from './generate.command.ts';

/** Adds `completion SHELL`, which prints a completion script, and the hidden command that the script asks. */
export function addCompletion(program: Command): void {
  const completion = tab(program, { completionCommandName: 'completion' });
  const profiles = loadProfiles();
  const { kernels } = profiles;
  const words: Readonly<Record<string, () => Iterable<string>>> = {
    kernel: () => kernels.map(({ version }) => version),
    hook: () => new Set(kernels.flatMap(({ hooks }) => Object.keys(hooks))),
    flag: () => new Set(kernels.flatMap(({ flags }) => Object.keys(flags))),
    target: () => TARGET_NAMES,
  };
  for (const [commandName, command] of completion.commands) {
    for (const { long, argChoices } of program.commands.find((each) => each.name() === commandName)?.options ?? []) {
      const option = command.options.get(long?.slice(2) ?? '');
      if (option !== undefined && argChoices !== undefined) {
        option.handler = (complete) => {
          argChoices.forEach((choice) => complete(choice, ''));
        };
      }
    }
    for (const [name, list] of Object.entries(words)) {
      const option = command.options.get(name);
      if (option !== undefined) {
        option.handler = (complete) => {
          for (const word of list()) {
            complete(word, '');
          }
        };
      }
    }
  }
  const shown = completion.commands.get('show')?.arguments.get('name');
  if (shown !== undefined) {
    shown.handler = (complete) => {
      const { registry } = loadRegistry([registryFolder(undefined)], profiles);
      const names = new Set(registry.model.kernels.flatMap((model) => listRows(model).map(({ kfunc }) => kfunc)));
      [...names].sort().forEach((name) => complete(name, ''));
    };
  }
  const id = completion.commands.get('rules')?.arguments.get('id');
  if (id !== undefined) {
    id.handler = (complete) => {
      for (const rule of RULE_VIEWS) {
        complete(rule.id, rule.title);
      }
    };
  }
}
