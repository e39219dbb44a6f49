// What went wrong, in one shape: a problem of the gateway (RFC 9457) as it says it, or one of the page's own. Pure.
import { knows, t } from './text.js';

// { title, detail, next, code, errors: [{place, field, title, next, code}], reasons: [{title, next, about, code}] }
export function readProblem(body, status) {
  if (!body || typeof body.title !== 'string') {
    return own('unreadable', { status });
  }
  const errors = (body.errors ?? []).map((error) => ({
    place: [
      error.file,
      error.line && t('problem.line', { line: error.line }),
      error.column && t('problem.column', { column: error.column }),
    ]
      .filter(Boolean)
      .join(' '),
    field: error.field ?? '',
    title: error.title ?? '',
    next: error.next ?? '',
    code: error.code ?? '',
  }));
  const reasons = (body.reasons ?? []).map((reason) => ({
    title: reason.title ?? '',
    next: reason.next ?? '',
    about: reason.about ?? '',
    code: reason.code ?? '',
  }));
  return {
    name: String(body.type ?? '').replace('urn:sekisho:problem:', ''),
    title: body.title,
    detail: body.detail ?? '',
    next: body.next ?? '',
    code: body.code ?? '',
    errors,
    reasons,
  };
}

// `network`, `unreadable`, and those of the card agent.
export function own(name, values = {}) {
  const title = `problem.${name}.title`;
  const known = knows(title) ? name : 'unreadable';
  return {
    name: known,
    title: t(`problem.${known}.title`, values),
    detail: '',
    next: t(`problem.${known}.next`, values),
    code: '',
    errors: [],
    reasons: [],
  };
}
