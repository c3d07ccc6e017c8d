import type { JSX } from 'preact';
import type { KernelChange } from '../../src/diff/compare-kernels.ts';
import { changedPart } from './prototype-change.ts';

export type MessageTextProps = Pick<KernelChange, 'kind' | 'message'>;

/** What changed, in words: code stands between backticks. Two prototypes stand below each other. */
export function MessageText({ kind, message }: MessageTextProps): JSX.Element {
  const parts = message.split('`');
  const [, old, , now] = parts;
  if ((kind === 'prototype' || kind === 'parameter-name') && old !== undefined && now !== undefined) {
    return <PrototypeChange old={old} now={now} />;
  }
  return <>{parts.map((part, index) => (index % 2 === 1 ? <code key={index}>{part}</code> : part))}</>;
}

function PrototypeChange({ old, now }: { readonly old: string; readonly now: string }): JSX.Element {
  const change = changedPart(old, now);
  const line = (sign: string, word: string, [head, changed, tail]: readonly [string, string, string]) => (
    <code>
      <span aria-hidden="true">{sign} </span>
      <span class="unseen">{word} </span>
      {head}
      <mark>{changed}</mark>
      {tail}
    </code>
  );
  return (
    <span class="prototype-change">
      {line('−', 'was', change.old)}
      {line('+', 'is', change.now)}
    </span>
  );
}
