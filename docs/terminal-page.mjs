// What a command prints to a terminal, as a page to take a picture of.

/** Class names of the styles that reports use, by the number in their escape sequence; 0 and those in the twenties end them. */
const STYLES = { 1: 'bold', 2: 'dim', 31: 'red', 33: 'yellow', 36: 'cyan' };

/**
 * @param command as somebody types it
 * @param output with the escape sequences of colours
 */
export function terminalPage(command, output) {
  let open = [];
  const body = output.split(/(\u001b\[\d+m)/).map((part) => {
    const code = /^\u001b\[(\d+)m$/.exec(part)?.[1];
    if (code === undefined) {
      return open.length === 0 ? escaped(part) : `<span class="${open.join(' ')}">${escaped(part)}</span>`;
    }
    if (code in STYLES) open = [...open, STYLES[code]];
    else if (code === '39') open = open.filter((name) => !['red', 'yellow', 'cyan'].includes(name));
    else if (code === '22') open = open.filter((name) => !['bold', 'dim'].includes(name));
    else open = [];
    return '';
  });
  return `<!doctype html><meta charset="utf-8"><style>
    body { margin: 0; background: #14171a; color: #d9dee3; }
    pre { margin: 0; padding: 18px 22px; font: 15px/1.45 'DejaVu Sans Mono', monospace; }
    .bold { font-weight: 700 } .dim { color: #8b95a0 } .red { color: #ff8f85 } .yellow { color: #e8b35a } .cyan { color: #6fc7d6 }
  </style><pre>$ ${escaped(command)}\n${body.join('')}</pre>`;
}

function escaped(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
