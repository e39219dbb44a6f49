// A care plan's record as what is drawn of it. The platform's layout of plans is not public; this is the one place that
// knows the project's own (careplan-json:5.0-assumed), and what it does not know it hands on as facts. Pure.

const kParts = new Set(['needs', 'week', 'activities', 'insured', 'insurer', 'history', 'deleted']);

function arrayOf(value) {
  return Array.isArray(value) ? value : [];
}

function words(value) {
  if (Array.isArray(value)) return value.map(words).join('、');
  if (value && typeof value === 'object')
    return Object.values(value)
      .map(words)
      .filter((text) => text !== '')
      .join(' ');
  return value === null || value === undefined ? '' : String(value);
}

// { facts: [[name, value]], needs: [{need, long_goal, short_goal, services: [text]}], week: [{service, weekday, from,
//   until}], activities: [record] }
export function planOf(record) {
  return {
    facts: Object.entries(record).filter(([name]) => !kParts.has(name)),
    needs: arrayOf(record.needs).map((need) => ({
      need: words(need.need),
      long_goal: words(need.long_goal),
      short_goal: words(need.short_goal),
      services: arrayOf(need.services)
        .map(words)
        .filter((text) => text !== ''),
    })),
    week: arrayOf(record.week).map((row) => ({
      service: words(row.service),
      weekday: Number(row.weekday),
      from: words(row.from),
      until: words(row.until),
    })),
    activities: arrayOf(record.activities),
  };
}
