import type { JSX } from 'preact';
import type { Catalog } from '../data/catalog.ts';
import type { KfuncData } from '../data/explorer-data.ts';
import { holds, lineIn } from '../data/ranges.ts';
import { SourceLink } from './source-link.tsx';
import { splitParameters, tokenizePrototype } from './tokenize-prototype.ts';

export interface InKernelProps {
  readonly kfunc: KfuncData;
  readonly catalog: Catalog;
  readonly position: number;
}

/** The prototype that a kfunc has in one kernel, and where it is defined; nothing where that is not known. */
export function Prototype({ kfunc, catalog, position }: InKernelProps): JSX.Element | null {
  const prototype = kfunc.prototypes.find(({ kernels }) => holds(kernels, position));
  if (prototype === undefined) return null;
  return (
    <figure class="prototype">
      <pre>
        <code>
          <PrototypeText text={prototype.text} name={kfunc.name} />
        </code>
      </pre>
      {prototype.source === '' ? null : (
        <figcaption>
          <SourceLink
            catalog={catalog}
            position={position}
            source={prototype.source}
            line={lineIn(prototype, position)}
          />
        </figcaption>
      )}
    </figure>
  );
}

/** Longer ones get a line a parameter. */
const ONE_LINE = 76;

/** A prototype as one would write it in C. */
function PrototypeText({ text, name }: { readonly text: string; readonly name: string }): JSX.Element {
  const open = text.indexOf('(', text.indexOf(name) + name.length);
  if (text.length <= ONE_LINE || open === -1) {
    return (
      <>
        <Tokens text={text} name={name} />;
      </>
    );
  }
  const parameters = splitParameters(text.slice(open + 1, -1));
  return (
    <>
      <Tokens text={text.slice(0, open + 1)} name={name} />
      {parameters.map((parameter, index) => (
        <span key={parameter} class="parameter">
          <Tokens text={parameter} name="" />
          {index === parameters.length - 1 ? '' : ','}
        </span>
      ))}
      {');'}
    </>
  );
}

function Tokens({ text, name }: { readonly text: string; readonly name: string }): JSX.Element {
  return (
    <>
      {tokenizePrototype(text, name).map(({ kind, text: part }) =>
        kind === 'other' ? part : <span class={`token-${kind}`}>{part}</span>,
      )}
    </>
  );
}
