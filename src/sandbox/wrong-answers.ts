/** Answers that are right in form and wrong in what they say: what a client must find out for itself. */

import type { JsonObject } from '../core/encoding/index.ts';
import { type CertificationService, jobIdentity } from './fulcio/index.ts';
import { type Fault, fault, type HttpRequest, type HttpResponse, jsonResponse } from './http/index.ts';
import type { TransparencyLog } from './log/index.ts';
import { exampleJob, type JobTokens } from './oidc/index.ts';
import { generateSigningKey } from './pki/index.ts';
import type { ShardedLog } from './rekor-v1/index.ts';
import type { TimestampAuthority, TokenOverrides } from './timestamp/index.ts';

/** Each to be set on the service that its name is about. */
export interface WrongAnswers {
  /** Fulcio: the asker's key, under the identity of another repository's workflow. */
  readonly certificateForAnotherIdentity: Fault;
  /** Fulcio: the asker's identity, with a key that is not the asker's. */
  readonly certificateForAnotherKey: Fault;
  /** Rekor v2: an entry that is truly in the log, and not the one submitted, which is not added. */
  readonly anotherEntry: Fault;
  /** Rekor v1, likewise. */
  readonly anotherEntryV1: Fault;
  /** Timestamp: over the right imprint, in answer to another request. */
  readonly timestampWithAnotherNonce: Fault;
  /** Timestamp: the right nonce, over something else. */
  readonly timestampOfAnotherImprint: Fault;
  /** OIDC: a token of the job that ended ten seconds ago. */
  readonly expiredToken: Fault;
}

export interface RightParts {
  readonly fulcio: CertificationService;
  readonly transparencyLog: TransparencyLog;
  readonly rekorV1Log: ShardedLog;
  readonly timestampAuthority: TimestampAuthority;
  readonly jobTokens: JobTokens;
}

export function wrongAnswers({
  fulcio,
  transparencyLog,
  rekorV1Log,
  timestampAuthority,
  jobTokens,
}: RightParts): WrongAnswers {
  const certificate = (overrides: Parameters<CertificationService['certify']>[2]): Fault =>
    fault.instead(async (request) => jsonResponse(200, await fulcio.certify(request.body, bearer(request), overrides)));
  const timestamp = (overrides: TokenOverrides): Fault =>
    fault.instead(({ body }) => timestampReply(timestampAuthority.respond(body, overrides)));
  return {
    certificateForAnotherIdentity: certificate(jobIdentity({ ...strangersJob(jobTokens.issuer.url) })),
    certificateForAnotherKey: certificate({ publicKey: generateSigningKey('P-256').publicKey }),
    anotherEntry: fault.instead(() => jsonResponse(201, transparencyLog.entry(0))),
    anotherEntryV1: fault.instead(() => {
      const { uuid, entry } = rekorV1Log.answer(rekorV1Log.active.offset);
      return jsonResponse(201, { [uuid]: entry });
    }),
    timestampWithAnotherNonce: timestamp({ nonce: new Uint8Array([42]) }),
    timestampOfAnotherImprint: timestamp({ imprint: new Uint8Array(32).fill(42) }),
    expiredToken: fault.instead(async ({ url }) => {
      const audience = url.searchParams.get('audience') ?? undefined;
      return jsonResponse(200, { count: 1, value: await jobTokens.token(audience, { lifetimeSeconds: -10 }) });
    }),
  };
}

function strangersJob(issuer: string): JsonObject {
  const strange = (text: string): string => text.replaceAll('example-', 'strange-');
  const claims = Object.fromEntries(Object.entries(exampleJob).map(([name, value]) => [name, strange(value)]));
  return { ...claims, iss: issuer, sub: 'repo:strange-org/strange-repo:ref:refs/heads/main' };
}

function bearer({ headers }: HttpRequest): string {
  return String(headers.authorization ?? '').replace(/^Bearer /, '');
}

function timestampReply(body: Uint8Array): HttpResponse {
  return { status: 200, headers: { 'content-type': 'application/timestamp-reply' }, body };
}
