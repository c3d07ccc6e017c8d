import { PSEUDO } from '../encoding.ts';

/** A BPF_LD_IMM64 as it was read. */
export type WideLoad =
  | { readonly kind: 'wide'; readonly dst: number; readonly src: number; readonly low: number; readonly high: number }
  | { readonly kind: 'map'; readonly dst: number; readonly map: string; readonly valueOffset: number | undefined }
  | { readonly kind: 'ksym'; readonly dst: number; readonly name: string }
  | { readonly kind: 'function'; readonly dst: number; readonly label: string };

type Value = (groups: readonly string[], dst: number) => WideLoad | undefined;

const NUMBER = '(-?(?:0x[0-9a-f]+|\\d+))';

/** What may stand between `rN =` and `ll`. */
const VALUES: readonly { readonly pattern: RegExp; readonly parse: Value }[] = [
  value(NUMBER, ([number = ''], dst) => wideNumber(number, dst)),
  value('map\\[\\s*(.+?)\\s*\\](?:\\s*\\+\\s*(\\d+))?', ([map = '', offset = ''], dst) => {
    return { kind: 'map', dst, map, valueOffset: offset === '' ? undefined : Number(offset) };
  }),
  value('ksym\\s+([a-z_]\\w*)', ([name = ''], dst) => ({ kind: 'ksym', dst, name })),
  value('func\\s*([+-]\\s*\\d+)', ([distance = ''], dst) => plain(dst, PSEUDO.func, distance.replaceAll(/\s/g, ''))),
  value('func\\s+([a-z_.$][\\w.$]*)', ([label = ''], dst) => ({ kind: 'function', dst, label })),
  value('map_fd\\((-?\\d+)\\)', ([low], dst) => plain(dst, PSEUDO.mapFd, low)),
  value('map_value\\((-?\\d+),\\s*(\\d+)\\)', ([low, high], dst) => plain(dst, PSEUDO.mapValue, low, high)),
  value('btf_id\\((-?\\d+),\\s*(-?\\d+)\\)', ([low, high], dst) => plain(dst, PSEUDO.btfId, low, high)),
  value('map_idx\\((-?\\d+)\\)', ([low], dst) => plain(dst, PSEUDO.mapIdx, low)),
  value('map_idx_value\\((-?\\d+),\\s*(\\d+)\\)', ([low, high], dst) => plain(dst, PSEUDO.mapIdxValue, low, high)),
];

/** Reads a load of 64 bits: `r1 = … ll`. @returns undefined if it is none */
export function parseWideLoad(text: string): WideLoad | undefined {
  const match = /^r(\d{1,2})\s*=\s*(.+?)\s*ll$/i.exec(text);
  if (match === null) return undefined;
  const [, register, body = ''] = match;
  for (const { pattern, parse } of VALUES) {
    const found = pattern.exec(body);
    if (found === null) continue;
    return parse(
      found.slice(1).map((group) => (group as string | undefined) ?? ''),
      Number(register),
    );
  }
  return undefined;
}

function value(pattern: string, parse: Value): (typeof VALUES)[number] {
  return { pattern: new RegExp(`^${pattern}$`, 'i'), parse };
}

function wideNumber(text: string, dst: number): WideLoad | undefined {
  const number = text.startsWith('-') ? -BigInt(text.slice(1)) : BigInt(text);
  if (number < -(1n << 63n) || number >= 1n << 64n) return undefined;
  const low = Number(BigInt.asIntN(32, number));
  return { kind: 'wide', dst, src: 0, low, high: Number(BigInt.asIntN(32, number >> 32n)) };
}

function plain(dst: number, src: number, low = '0', high = '0'): WideLoad {
  return { kind: 'wide', dst, src, low: Number(low), high: Number(high) | 0 };
}
