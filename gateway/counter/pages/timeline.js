// Certifications in their order: what happened, what is under way, what lies ahead. Pure.
import { daysBetween, parseDay } from './calendar.js';

// Each thing that has a day. `card`, `progress`, `survey`, `opinion` are arrays of records; any may be missing.
export function timelineOf({ card = [], progress = [], survey = [], opinion = [] }, today) {
  const events = [];
  const add = (kind, day, values = {}) => {
    const on = parseDay(day);
    if (on) events.push({ kind, on, values, ahead: on > today });
  };
  for (const row of progress) {
    add('applied', row.applied_on);
    add('state', row.updated_on, { state: row.state });
    add('due', row.state === 'certified' ? null : row.due_on);
  }
  for (const row of survey) add('surveyed', row.surveyed_on, { office: row.office });
  for (const row of opinion) add('opinion', row.written_on, { office: row.office });
  for (const row of card) {
    add('from', row.certified_from, { level: row.care_level });
    add('until', row.certified_until, { level: row.care_level });
  }
  // The newest first; of one day, what was added later is the later.
  return events
    .map((event, order) => ({ ...event, order }))
    .sort((a, b) => (a.on === b.on ? b.order - a.order : a.on < b.on ? 1 : -1))
    .map(({ order, ...event }) => event);
}

// How much of a period has gone, 0 to 1, and the days that are left (negative when it has ended).
export function elapsed(from, until, today) {
  const whole = daysBetween(from, until) + 1;
  const gone = daysBetween(from, today);
  return { part: Math.min(1, Math.max(0, gone / whole)), left: daysBetween(today, until), begun: gone >= 0 };
}
