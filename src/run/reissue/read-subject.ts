/** Reads what the state of a run says of a new bundle. */

import { asList, asObject, asText, type JsonValue } from '../../core/encoding/index.ts';
import type { RecordedBundle, ReissuedSubject } from '../../sign/predicates/index.ts';

/** Returns the subject; `undefined` for anything else. */
export function readSubject(value: JsonValue | undefined): ReissuedSubject | undefined {
  const subject = asObject(value);
  const [name, digest] = [asText(subject?.name), asText(subject?.digest)];
  const [older, newer] = [readBundle(subject?.old), readBundle(subject?.new)];
  if (name === undefined || digest === undefined || older === undefined || newer === undefined) return undefined;
  return { name, digest, old: older, new: newer };
}

function readBundle(value: JsonValue | undefined): RecordedBundle | undefined {
  const bundle = asObject(value);
  const digest = asText(bundle?.digest);
  const entries = asList(bundle?.logEntries);
  if (digest === undefined || entries === undefined) return undefined;
  const logEntries = entries.flatMap((entry) => {
    const [log, index] = [asText(asObject(entry)?.log), asText(asObject(entry)?.index)];
    return log === undefined || index === undefined ? [] : [{ log, index }];
  });
  const members = ['identity', 'issuer', 'key', 'signedAt'] as const;
  const texts = Object.fromEntries(
    members.flatMap((member) => {
      const text = asText(bundle?.[member]);
      return text === undefined ? [] : [[member, text]];
    }),
  );
  return { digest, ...texts, logEntries };
}
