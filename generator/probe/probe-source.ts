import ask from './templates/ask.hbs';
import btf from './templates/btf.hbs';
import common from './templates/common.hbs';
import data from './templates/data.hbs';
import environment from './templates/environment.hbs';
import kfuncs from './templates/kfuncs.hbs';
import main from './templates/main.hbs';
import print from './templates/print.hbs';
import probe from './templates/probe.hbs';
import programs from './templates/programs.hbs';
import type { ProbeView } from './probe-view.ts';

/** The C source of a probe: one file that wants nothing but a C library. */
export async function probeSource(view: ProbeView): Promise<string> {
  const { default: handlebars } = await import('handlebars/runtime.js');
  const environmentOf = handlebars.create();
  const partials = { ask, btf, common, data, environment, kfuncs, main, print, programs };
  for (const [name, partial] of Object.entries(partials)) {
    environmentOf.registerPartial(name, environmentOf.template(partial));
  }
  return environmentOf.template(probe)(view);
}
