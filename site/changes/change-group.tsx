import type { JSX } from 'preact';
import { KfuncLink } from '../kfunc/kfunc-link.tsx';
import type { ChangeGroup, MessageGroup } from './group-changes.ts';
import { MessageText } from './message-text.tsx';

export interface ChangeGroupProps {
  readonly group: ChangeGroup;
  /** The older and the newer version. */
  readonly kernels: readonly [string, string];
}

/** Changes of one kind, as a list. */
export function ChangeGroupView({ group, kernels }: ChangeGroupProps): JSX.Element {
  const { breaking, kind, title, count, messages } = group;
  const id = `${kind}-${breaking ? 'breaking' : 'other'}`;
  return (
    <section class={breaking ? 'changes is-breaking' : 'changes'} aria-labelledby={id}>
      <h2 id={id}>
        {breaking ? <span class="breaks">breaks</span> : null} {title} <span class="quiet">{count}</span>
      </h2>
      <ul>
        {messages.map((each) => (
          <Message key={each.message} group={each} kind={kind} kernels={kernels} />
        ))}
      </ul>
    </section>
  );
}

interface MessageProps extends Pick<ChangeGroupProps, 'kernels'> {
  readonly group: MessageGroup;
  readonly kind: ChangeGroup['kind'];
}

function Message({ group: { message, names }, kind, kernels: [old, now] }: MessageProps): JSX.Element {
  // Of a kfunc that is gone, the older kernel tells.
  const kernel = kind === 'kfunc-removed' ? old : now;
  return (
    <li>
      {kind.startsWith('dtor-') ? null : (
        <ul class="names">
          {names.map((name) => (
            <li key={name}>
              <KfuncLink name={name} kernel={kernel} />
            </li>
          ))}
        </ul>
      )}
      <MessageText kind={kind} message={message} />
    </li>
  );
}
