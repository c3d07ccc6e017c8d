import { useEffect, useRef, useState } from 'preact/hooks';

/** How long the address waits for the next key: browsers take only so many changes of it. */
const ADDRESS_DELAY = 150;

export interface Typed {
  readonly text: string;
  readonly type: (text: string) => void;
  /** Gives the text on now: for when the field is left, since a link may follow. */
  readonly settle: () => void;
}

/**
 * A text that is shown as it is typed, and given on a little later, as the address wants it.
 *
 * @param given what the address has: where that changes otherwise, it replaces what was typed
 * @param give changes the address
 */
export function useTyped(given: string, give: (text: string) => void): Typed {
  const [text, setText] = useState(given);
  const last = useRef(given);
  useEffect(() => {
    if (given === last.current) return;
    last.current = given;
    setText(given);
  }, [given]);
  const settle = (): void => {
    if (text === last.current) return;
    last.current = text;
    give(text);
  };
  useEffect(() => {
    const timer = setTimeout(settle, ADDRESS_DELAY);
    return () => {
      clearTimeout(timer);
    };
  });
  return { text, type: setText, settle };
}
