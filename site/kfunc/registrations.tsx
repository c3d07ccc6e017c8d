import type { JSX } from 'preact';
import { versionAt } from '../data/catalog.ts';
import { FlagList } from '../flags/flag-list.tsx';
import { groupRegistrations, type RegistrationGroup } from './group-registrations.ts';
import type { InKernelProps } from './prototype.tsx';
import { SourceLink } from './source-link.tsx';

/** Who can call a kfunc in one kernel, by what set, with what flags. */
export function Registrations({ kfunc, catalog, position }: InKernelProps): JSX.Element {
  const groups = groupRegistrations(kfunc, position);
  if (groups.length === 0) {
    return <p class="quiet">Not registered for any program in {versionAt(catalog, position)}.</p>;
  }
  return (
    <ul class="registrations">
      {groups.map((group) => (
        <Registration
          key={`${group.entry.set} ${group.entry.flags.join()} ${group.hooks.join()}`}
          group={group}
          catalog={catalog}
          position={position}
        />
      ))}
    </ul>
  );
}

interface RegistrationProps extends Pick<InKernelProps, 'catalog' | 'position'> {
  readonly group: RegistrationGroup;
}

function Registration({ group: { entry, line, hooks }, catalog, position }: RegistrationProps): JSX.Element {
  const { flags, set, source, owner, config, filter, isUncallable } = entry;
  const typesOf = catalog.kernels[position]?.hooks ?? {};
  return (
    <li>
      <p>
        {flags.length === 0 ? <span class="quiet">no flags</span> : <FlagList flags={flags} />} in <code>{set}</code> of{' '}
        {owner}, <SourceLink catalog={catalog} position={position} source={source} line={line} />
        {config === undefined ? null : (
          <>
            , if <code class="config">{config}</code>
          </>
        )}
        {filter === undefined ? null : (
          <>
            ; <code>{filter}()</code> decides program by program
          </>
        )}
      </p>
      {isUncallable === true ? (
        <p>Not callable: it is in no check set of {hooks.join(', ')}.</p>
      ) : (
        <dl class="callers">
          {hooks.map((hook) => (
            <div key={hook}>
              <dt>{hook}</dt>
              <dd>{callers(typesOf[hook] ?? [])}</dd>
            </div>
          ))}
        </dl>
      )}
    </li>
  );
}

/** More than any hook has but the one for all. */
const MANY = 20;

function callers(types: readonly string[]): string {
  if (types.length === 0) return 'no program calls it: programs attach to it';
  return types.length > MANY ? `all ${String(types.length)} program types` : types.join(', ');
}
