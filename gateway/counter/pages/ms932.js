// Text as MS932 (Windows-31J), which the opinion's CSV is written in. Pure.
//
// Browsers decode it and do not encode it, so the table is theirs turned round: every pair of bytes is decoded once and
// remembered by its character. Where several pairs give one character, the one that Microsoft's code page writes is
// taken: JIS's own before NEC's row 13 (both before EC), IBM's characters (FA to FC) before NEC's copies of them (ED, EE).
// 外字 (F0 to F9), which every office draws for itself, is left out: it is refused, not sent as something else.

const kLeads = [
  [0x81, 0x9f],
  [0xe0, 0xec],
  [0xfa, 0xfc],
  [0xed, 0xee],
  [0xef, 0xef],
];
let table = null;

function addPair(map, decoder, lead, trail) {
  let text;
  try {
    text = decoder.decode(Uint8Array.of(lead, trail));
  } catch {
    return;
  }
  const characters = [...text];
  if (characters.length !== 1) return;
  const point = characters[0].codePointAt(0);
  if (point < 0x80 || (point >= 0xe000 && point <= 0xf8ff) || map.has(characters[0])) return;
  map.set(characters[0], [lead, trail]);
}

function encoder() {
  if (table) return table;
  const map = new Map();
  const decoder = new TextDecoder('shift_jis', { fatal: true });
  for (let point = 0; point < 0x80; point += 1) map.set(String.fromCharCode(point), [point]);
  for (let byte = 0xa1; byte <= 0xdf; byte += 1) map.set(String.fromCodePoint(0xff61 + byte - 0xa1), [byte]);
  for (const [first, last] of kLeads) {
    for (let lead = first; lead <= last; lead += 1) {
      for (let trail = 0x40; trail <= 0xfc; trail += 1) if (trail !== 0x7f) addPair(map, decoder, lead, trail);
    }
  }
  // The same marks under the names that other systems' keyboards type.
  for (const [other, ours] of [
    ['\u301c', '\uff5e'],
    ['\u2212', '\uff0d'],
    ['\u2016', '\u2225'],
    ['\u2014', '\u2015'],
    ['\u00a2', '\uffe0'],
    ['\u00a3', '\uffe1'],
    ['\u00ac', '\uffe2'],
  ]) {
    if (!map.has(other) && map.has(ours)) map.set(other, map.get(ours));
    if (!map.has(ours) && map.has(other)) map.set(ours, map.get(other));
  }
  table = map;
  return table;
}

// The characters of a text that have no place in MS932, each once.
export function unencodable(text) {
  const map = encoder();
  return [...new Set([...text].filter((character) => !map.has(character)))];
}

// The bytes; nothing when there is a character without a place.
export function encodeMs932(text) {
  const map = encoder();
  const bytes = [];
  for (const character of text) {
    const pair = map.get(character);
    if (!pair) return null;
    bytes.push(...pair);
  }
  return Uint8Array.from(bytes);
}

// The text, or nothing for bytes that are no MS932.
export function decodeMs932(bytes) {
  try {
    return new TextDecoder('shift_jis', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
