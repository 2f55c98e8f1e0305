/** A ProposedEntry (rekor, openapi.yaml), and the entry that is made of it. */

import { canonicalJson, type JsonValue, parseJson, utf8 } from '../../core/encoding/index.ts';
import { checkDsse } from './dsse.ts';
import { RekorFailure, refuseEntry, refuseParameter } from './failure.ts';
import { checkHashedRekord } from './hashed-rekord.ts';
import { memberAt, textAt } from './member.ts';

const kinds = { hashedrekord: checkHashedRekord, dsse: checkDsse } as const;

/**
 * Checks a proposed entry, and gives its body as the log stores and hashes it: canonical JSON (RFC 8785).
 *
 * @throws RekorFailure 400, 422
 */
export function canonicalBody(request: Uint8Array): Uint8Array {
  if (request.length === 0) refuseParameter(602, 'proposedEntry in body is required');
  const proposed = readProposal(request);
  const kind = textAt(proposed, 'kind') ?? refuseProposal('invalid kind value: ""');
  const check = Object.hasOwn(kinds, kind) ? kinds[kind as keyof typeof kinds] : undefined;
  if (check === undefined) refuseProposal(`invalid kind value: ${JSON.stringify(kind)}`);
  const apiVersion = textAt(proposed, 'apiVersion') ?? '';
  if (apiVersion !== '0.0.1') {
    const reason = `${kind} implementation for version '${apiVersion}' not found`;
    refuseEntry(`fetching ${kind} version implementation: ${reason}`);
  }
  return utf8(canonicalJson({ apiVersion, kind, spec: check(memberAt(proposed, 'spec') ?? {}) }));
}

function readProposal(request: Uint8Array): JsonValue {
  try {
    return parseJson(request);
  } catch {
    return refuseProposal('invalid character looking for beginning of value');
  }
}

function refuseProposal(reason: string): never {
  throw new RekorFailure(400, `parsing proposedEntry body from "" failed, because ${reason}`);
}
