/** A ProposedEntry (rekor, openapi.yaml), and the entry that results. */

import { canonicalJson, type JsonValue, utf8 } from '../../src/core/encoding/index.ts';
import { refuseEntry, refuseParameter, refuseRekor } from '../http/index.ts';
import { checkDsse } from './dsse.ts';
import { checkHashedRekord } from './hashed-rekord.ts';
import { memberAt, readJson, textAt } from './spec.ts';

/** An entry that may be added. */
export interface ProposedEntry {
  /** The canonical JSON (RFC 8785) that the log stores and hashes. */
  readonly body: Uint8Array;
  /** In lower case. */
  readonly keys: readonly string[];
}

const kinds = { hashedrekord: checkHashedRekord, dsse: checkDsse } as const;

/**
 * Reads and checks a proposed entry.
 *
 * @throws Refusal 400, 422
 */
export function readProposedEntry(request: Uint8Array): ProposedEntry {
  if (request.length === 0) refuseParameter(602, 'proposedEntry in body is required');
  return checkProposedEntry(
    readJson(request, () => refuseProposal('invalid character looking for beginning of value')),
  );
}

/** @throws Refusal 400 */
export function checkProposedEntry(proposed: JsonValue): ProposedEntry {
  const kind = textAt(proposed, 'kind') ?? refuseProposal('invalid kind value: ""');
  const check = Object.hasOwn(kinds, kind) ? kinds[kind as keyof typeof kinds] : undefined;
  if (check === undefined) refuseProposal(`invalid kind value: ${JSON.stringify(kind)}`);
  const apiVersion = textAt(proposed, 'apiVersion') ?? '';
  if (apiVersion !== '0.0.1') {
    const reason = `${kind} implementation for version '${apiVersion}' not found`;
    refuseEntry(`fetching ${kind} version implementation: ${reason}`);
  }
  const { spec, keys } = check(memberAt(proposed, 'spec') ?? {});
  const distinct = new Set(keys.map((key) => key.toLowerCase()));
  return { body: utf8(canonicalJson({ apiVersion, kind, spec })), keys: [...distinct] };
}

function refuseProposal(reason: string): never {
  refuseRekor(400, `parsing proposedEntry body from "" failed, because ${reason}`);
}
