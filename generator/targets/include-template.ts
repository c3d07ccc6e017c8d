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
const ID_SETS: Readonly<Record<Kernel['layout'], TemplateSpecification>> = { id_set: idSet, id_set8: idSet8, kfuncs };

/** Prints the whole text of a header. */
export type PrintHeader = (view: HeaderView) => string;

/** Loads Handlebars' runtime, and the templates as they are for a set layout. */
export async function loadHeaderTemplate(layout: Kernel['layout']): Promise<PrintHeader> {
  const { default: handlebars } = await import('handlebars/runtime.js');
  const environment = handlebars.create();
  const partials = { dtors, gated, kfuncSet, register, section, idSet: ID_SETS[layout] };
  for (const [name, partial] of Object.entries(partials)) {
    environment.registerPartial(name, environment.template(partial));
  }
  return environment.template(header);
}
