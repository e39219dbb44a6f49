// CSV as the forms of this field write it: commas, quotes doubled within quotes, CRLF. Pure.

export function csvField(text) {
  return /[",\r\n\v ]|[^\x20-\x7e]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

// The fields of the first record; nothing for a quote that does not end or stands within a bare field.
export function firstRecord(text) {
  const fields = [];
  let i = 0;
  while (true) {
    let field = '';
    if (text[i] === '"') {
      i += 1;
      while (true) {
        if (i >= text.length) return null;
        if (text[i] === '"' && text[i + 1] === '"') {
          field += '"';
          i += 2;
        } else if (text[i] === '"') {
          i += 1;
          break;
        } else {
          field += text[i];
          i += 1;
        }
      }
    } else {
      while (i < text.length && text[i] !== ',' && text[i] !== '\r' && text[i] !== '\n') {
        if (text[i] === '"') return null;
        field += text[i];
        i += 1;
      }
    }
    fields.push(field);
    if (text[i] !== ',') return i >= text.length || text[i] === '\r' || text[i] === '\n' ? fields : null;
    i += 1;
  }
}
