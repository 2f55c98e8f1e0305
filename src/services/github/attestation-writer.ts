/**
 * Stores bundles as attestations of a repository. The API has no idempotency: each accepted request creates another attestation. So a request
 * whose outcome is unknown is not sent again before the store was asked for its bundle.
 */

import { type Bundle, readBundle, writeBundle } from '../../core/bundle/index.ts';
import { formatDigest } from '../../core/crypto/index.ts';
import { asObject, asText, parseJson } from '../../core/encoding/index.ts';
import { attempt, CountersignError, fail } from '../../core/errors/index.ts';
import { readStatement } from '../../core/statement/index.ts';
import { type ApiOptions, GitHubApi } from './api.ts';
import { bundlesOf } from './attestation-reader.ts';
import type { KnownRefusal } from './operation.ts';
import { parseObject, readId } from './read-answers.ts';
import { placeOf } from './rest.ts';

/** The result of storing a bundle. */
export type AttestationStored =
  | { readonly kind: 'created'; readonly id: string }
  /** The store has the bundle already, from an earlier request. It does not tell the id. */
  | { readonly kind: 'present' };

/** A client of the store. Names of repositories are `owner/name`. */
export interface AttestationWriter {
  /** The origin of the API. */
  readonly origin: string;
  /**
   * Stores a bundle.
   *
   * @param isFresh true for a bundle that no earlier run can have stored: the store is not asked for it first
   * @throws CountersignError `USAGE` for a bundle without a statement; `LIMIT_EXCEEDED` for one that GitHub does not take; `RATE_LIMITED`;
   *   `PERMISSION_MISSING`; `SERVICE_REFUSED`; `SERVICE_UNAVAILABLE`
   */
  store(repository: string, bundle: Uint8Array, isFresh: boolean): Promise<AttestationStored>;
}

/** In bytes. GitHub's documentation of attestations states the limit for a predicate, its staff for the whole. */
export const maxAttestationLength = 16 * 1024 * 1024;

/** The number of times that a bundle is sent whose store was asked in between, and does not have it. */
const maxAttempts = 3;

/**
 * Opens a client. GitHub's own client is loaded with the first request.
 *
 * @throws CountersignError `USAGE` for an invalid URL of the API
 */
export function openAttestationWriter(options: ApiOptions): AttestationWriter {
  const api = new GitHubApi(options);
  return {
    origin: api.origin,
    store: (repository, bundle, isFresh) => store(api, repository, bundle, isFresh),
  };
}

async function store(
  api: GitHubApi,
  repository: string,
  bytes: Uint8Array,
  isFresh: boolean,
): Promise<AttestationStored> {
  const bundle = readAttestation(bytes);
  if (!isFresh && (await holds(api, repository, bundle))) return { kind: 'present' };
  for (let attempts = 1; ; attempts++) {
    try {
      return { kind: 'created', id: await create(api, repository, bytes) };
    } catch (error) {
      if (!isUnknownOutcome(error)) throw error;
      // Asking waits for as long as the service is down, within the retry budget.
      if (await holds(api, repository, bundle)) return { kind: 'present' };
      if (attempts >= maxAttempts) throw error;
    }
  }
}

/** A bundle with what it is found by. */
interface Attestation {
  readonly bundle: Bundle;
  /** The digest of a subject: `sha256:<hex>`. */
  readonly subject: string;
}

/** @throws CountersignError `USAGE` for a bundle without a statement, `LIMIT_EXCEEDED` for a longer one than the store takes */
function readAttestation(bytes: Uint8Array): Attestation {
  if (bytes.length > maxAttestationLength)
    fail('LIMIT_EXCEEDED', `the bundle has ${bytes.length} bytes; GitHub stores up to ${maxAttestationLength}`, {
      remedy: 'Attest fewer subjects at once, or a smaller document.',
    });
  const bundle = readBundle(bytes);
  if (bundle.content.kind !== 'dsse-envelope')
    fail('USAGE', "GitHub's attestation store takes statements, and the bundle has a signature without one", {
      remedy: 'Set `bundle-format: attestation`.',
    });
  const [subject] = readStatement(bundle.content.payload).subjects;
  const digest = subject?.digests.find(({ algorithm }) => algorithm === 'sha256') ?? subject?.digests[0];
  if (digest === undefined)
    fail('USAGE', "GitHub's attestation store finds attestations by digests, and the first subject has none", {
      remedy: 'Attest a subject with a SHA-256 digest.',
    });
  return { bundle, subject: formatDigest(digest) };
}

/** Reports whether an error leaves open if the request had its effect. */
function isUnknownOutcome(error: unknown): boolean {
  return (
    error instanceof CountersignError &&
    (error.code === 'SERVICE_UNAVAILABLE' || error.code === 'SERVICE_RESPONSE_INVALID')
  );
}

const permission = 'attestations: write';

const refusals: readonly KnownRefusal[] = [
  {
    status: 403,
    sign: /Feature not available for user-owned private repositories/,
    code: 'SERVICE_REFUSED',
    reason: 'it has no attestation store for private repositories of users',
    remedy:
      'Disable `store-attestations`, make the repository public, or move it to an organization with GitHub Enterprise Cloud.',
  },
  {
    status: 403,
    sign: /Feature not available/,
    code: 'SERVICE_REFUSED',
    reason: 'the plan of the organization has no attestation store for private repositories',
    remedy: 'Disable `store-attestations`, make the repository public, or use GitHub Enterprise Cloud.',
  },
  {
    status: 404,
    sign: /(?:)/,
    code: 'SERVICE_REFUSED',
    reason: 'the server has no attestation store, or the repository is hidden from the token',
    remedy:
      'Check the name of the repository, and that the token is of a job of it. GitHub Enterprise Server has no attestation store: disable `store-attestations` there.',
  },
  {
    status: 422,
    sign: /values do not match/i,
    code: 'SERVICE_REFUSED',
    reason: 'the certificate of the bundle names another repository or server',
    remedy: 'Store attestations in the repository whose workflow signed them, on its server.',
  },
  {
    status: 422,
    sign: /duplicate subject/i,
    code: 'SERVICE_REFUSED',
    reason: 'a subject occurs twice in the statement',
    remedy: 'Attest each subject once.',
  },
  {
    status: 422,
    sign: /(?:)/,
    code: 'SERVICE_REFUSED',
    reason: 'it found the bundle invalid',
    remedy: 'Use `bundle-format: attestation`, and a certificate of the job that stores it.',
  },
];

async function create(api: GitHubApi, repository: string, bytes: Uint8Array): Promise<string> {
  const what = `the attestation for ${repository}`;
  const operation = { what, permission, once: true, refusals };
  const bundle = bundleParameter(bytes);
  const answer = await api.send(operation, ({ rest }, through) =>
    rest.repos.createAttestation({ ...placeOf(repository), bundle, ...through }),
  );
  return readId(parseObject(answer, operation, api.origin).field('id'));
}

/** Reports whether the repository has an attestation with exactly this bundle. Servers may write its JSON differently. */
async function holds(api: GitHubApi, repository: string, { bundle, subject }: Attestation): Promise<boolean> {
  const wanted = writeBundle(bundle);
  const served = await bundlesOf(api, repository, subject);
  // What others stored may be invalid.
  const isWanted = ({ text }: { readonly text: Uint8Array }) => attempt(() => writeBundle(readBundle(text))) === wanted;
  if (served.some((one) => 'text' in one && isWanted(one))) return true;
  // A bundle that cannot be fetched may be the one.
  for (const one of served) if ('failure' in one) throw one.failure;
  return false;
}

/** Returns a bundle as the method of GitHub's client takes it. */
function bundleParameter(bytes: Uint8Array) {
  const json = asObject(parseJson(bytes, { maxLength: maxAttestationLength, maxValues: 2_000_000 })) ?? {};
  return {
    mediaType: asText(json.mediaType) ?? '',
    verificationMaterial: { ...asObject(json.verificationMaterial) },
    dsseEnvelope: { ...asObject(json.dsseEnvelope) },
  };
}
