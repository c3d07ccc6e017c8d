import type { Kernel } from '../../generated/types/kernel.ts';
import type { Place } from '../declarations/place.ts';
import type { Registry } from '../declarations/registry.ts';
import { diagnose } from '../diagnostics/diagnose.ts';
import type { Diagnostic, RelatedLocation, TextEdit } from '../diagnostics/diagnostic.ts';
import type { Catalogue, RuleInfo, Values } from '../diagnostics/rule.ts';
import type { Part, Range } from '../diagnostics/source-file.ts';

/** A validation rule: data about itself, and a body that looks at a registry. Rules of the reader have no body. */
export interface Rule<Messages extends Catalogue = Catalogue> extends RuleInfo<Messages> {
  readonly run?: (registry: Registry, add: (finding: Diagnostic) => void) => void;
}

/** A rule as its file writes it. */
export interface RuleDefinition<Messages extends Catalogue> extends RuleInfo<Messages> {
  readonly check?: (context: RuleContext<Messages>) => void;
}

/** What the body of a rule gets. */
export interface RuleContext<Messages extends Catalogue> {
  readonly registry: Registry;
  readonly report: <Name extends keyof Messages & string>(finding: Finding<Messages, Name>) => void;
}

/** A finding as a rule reports it; findings that differ in the kernel alone become one. */
export interface Finding<Messages extends Catalogue, Name extends keyof Messages> {
  readonly message: Name;
  readonly values: Values<Messages[Name]>;
  readonly place: Place;
  /** Default: the value. */
  readonly part?: Part;
  readonly kernels?: readonly Kernel[];
  readonly related?: readonly { readonly message: string; readonly place: Place; readonly part?: Part }[];
  readonly fix?: readonly TextEdit[];
}

/** A rule whose texts are checked against their holes. */
export function defineRule<const Messages extends Catalogue>(definition: RuleDefinition<Messages>): Rule<Messages> {
  const { check, ...info } = definition;
  if (check === undefined) {
    return info;
  }
  return {
    ...info,
    run: (registry, add) => {
      check({
        registry,
        report: (finding) => {
          add(finish(definition, finding));
        },
      });
    },
  };
}

/** The finding of a rule as reports have it. */
export function finish<Messages extends Catalogue, Name extends keyof Messages & string>(
  rule: RuleInfo<Messages>,
  finding: Finding<Messages, Name>,
): Diagnostic {
  const { message, values, place, part, kernels, related, fix } = finding;
  return diagnose(rule, {
    message,
    values,
    ...locate(place, part),
    kernels: (kernels ?? []).map(({ version }) => version),
    related: (related ?? []).map((each) => relatedLocation(each.message, each.place, each.part)),
    fix: fix ?? [],
  });
}

/** Located when a report asks: most often it stands in a file that is not read for positions otherwise. */
function relatedLocation(message: string, place: Place, part: Part | undefined): RelatedLocation {
  let range: Range | undefined;
  return {
    message,
    file: place.file,
    get range() {
      return (range ??= locate(place, part).range);
    },
  };
}

function locate(place: Place, part: Part = 'value'): Pick<Diagnostic, 'file' | 'range'> {
  return { file: place.file, range: place.file.locate(place.path, part) };
}
