// What becomes of a message, asked again and again with longer and longer pauses. Pure.

const kFirstMs = 1000;
const kMostMs = 60000;

// The pause before the next look: 1, 2, 4 ... seconds, a minute at most, never less than the gateway asked for.
export function pauseMs(looks, retryAfterSeconds = 0) {
  return Math.max(Math.min(kMostMs, kFirstMs * 2 ** Math.min(looks, 16)), retryAfterSeconds * 1000);
}

// Whether anything can still change.
export function isSettled(state) {
  return state !== 'accepted';
}

// The deliveries, each with its last step.
export function stepsOf(fate) {
  return (fate.deliveries ?? []).map((delivery) => {
    const last = (delivery.history ?? []).at(-1);
    return { recipient: delivery.recipient, state: delivery.state, at: last?.at ?? '', detail: last?.detail ?? '' };
  });
}
