import type { Kernel } from '../../generated/types/kernel.ts';
import type { HeaderView } from './include-view.ts';
import dtors from './templates/dtors.hbs';
import gated from './templates/gated.hbs';
import header from './templates/header.hbs';
import idSet from './templates/id-set.hbs';
import idSet8 from './templates/id-set8.hbs';
import kfuncs from './templates/kfuncs.hbs';
import kfuncSet from './templates/kfunc-set.hbs';
import register from './templates/register.hbs';
import section from './templates/section.hbs';

/** The macros around a set of BTF ids. */
const ID_SETS: Readonly<Record<Kernel['layout'], string>> = { id_set: idSet, id_set8: idSet8, kfuncs };

/** Prints the whole text of a header. */
export type PrintHeader = (view: HeaderView) => string;

/** Loads Handlebars, and the templates as they are for a set layout. */
export async function loadHeaderTemplate(layout: Kernel['layout']): Promise<PrintHeader> {
  const { default: handlebars } = await import('handlebars');
  const environment = handlebars.create();
  environment.registerPartial({ dtors, gated, kfuncSet, register, section, idSet: ID_SETS[layout] });
  // What is printed is C and not HTML; a field that a template misspells is an error.
  return environment.compile<HeaderView>(header, { noEscape: true, strict: true, knownHelpersOnly: true });
}
