/** States which acknowledgements have ended. */

import { type Acknowledgement, expiredAcknowledgements, type WatchPolicy } from '../watch-policy/index.ts';

/** Returns a sentence, without its full stop, about each acknowledgement of the policy that no longer applies. */
export function expired(policy: WatchPolicy, now: Date): readonly string[] {
  return expiredAcknowledgements(policy, now).map(
    ({ place, what, reason, until }) =>
      `the acknowledgement of ${subjectOf(what)} in line ${place.line} of the policy ended on ${until.toISOString().slice(0, 10)}: ${reason}`,
  );
}

function subjectOf(what: Acknowledgement['what']): string {
  if (what.kind === 'finding') return `the finding ${what.id}`;
  return what.repository === undefined ? `rule ${what.rule}` : `rule ${what.rule} for ${what.repository}`;
}
