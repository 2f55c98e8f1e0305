/** Reads a bundle as GitHub does before it stores it, and refuses what GitHub refuses. */

import {
  asList,
  asObject,
  asText,
  decodeBase64,
  type JsonObject,
  type JsonValue,
  memberAt,
  parseJson,
  readDer,
} from '../../src/core/encoding/index.ts';
import { attempt } from '../../src/core/errors/index.ts';
import { refuseGitHub } from '../http/index.ts';
import { extensionValue } from '../pki/index.ts';

/** The parts of a statement by which attestations are found. */
export interface Attested {
  /** Of all subjects: `sha256:<hex>`. */
  readonly digests: readonly string[];
  readonly predicateType: string;
}

/** In bytes. The description does not state it; GitHub's own action stops there. */
const maxBundle = 16 * 1024 * 1024;
/** The extension of Fulcio with the URI of the source repository. */
const sourceRepository = '1.3.6.1.4.1.57264.1.12';

/**
 * Reads the statement in a bundle.
 *
 * @throws Refusal 422 for a bundle without a DSSE envelope, without an in-toto statement, or with a subject that occurs twice
 */
export function readAttested(bundle: JsonObject): Attested {
  const envelope = asObject(bundle.dsseEnvelope) ?? refuseArgument('the bundle has no DSSE envelope');
  const payload = attempt(() => decodeBase64(asText(envelope.payload) ?? ''));
  const statement = asObject(payload && attempt(() => parseJson(payload, { maxLength: maxBundle })));
  const predicateType = asText(statement?.predicateType);
  const subjects = asList(statement?.subject)?.map(asObject);
  if (!asText(statement?._type)?.startsWith('https://in-toto.io/Statement/'))
    refuseArgument('not an in-toto statement');
  if (predicateType === undefined || subjects === undefined || subjects.length === 0)
    refuseArgument('not an in-toto statement');
  const named = subjects.map((subject) => JSON.stringify([subject?.name ?? null, digestsOf(subject)]));
  if (new Set(named).size < named.length) refuseArgument('duplicate subject in statement');
  return { digests: [...new Set(subjects.flatMap(digestsOf))], predicateType };
}

/**
 * Demands a bundle of this repository that is small enough to be stored.
 *
 * @param url the address of the repository: `https://github.com/octo/app`
 * @throws Refusal 422
 */
export function demandSource(bundle: JsonObject, url: string): void {
  if (Buffer.byteLength(JSON.stringify(bundle)) > maxBundle) refuseArgument('the bundle is too large');
  const certificate = decodedCertificate(bundle) ?? refuseArgument('the bundle has no certificate');
  const extension = attempt(() => extensionValue(certificate, sourceRepository));
  const source = extension && attempt(() => readDer(extension, (der) => der.utf8String()));
  if (source?.toLowerCase() !== url.toLowerCase()) refuseArgument(`values do not match: ${source ?? ''} != ${url}`);
}

function digestsOf(subject: JsonObject | undefined): readonly string[] {
  return Object.entries(asObject(subject?.digest) ?? {}).map(([algorithm, value]) => `${algorithm}:${asText(value)}`);
}

function decodedCertificate({ verificationMaterial: material }: JsonObject): Uint8Array | undefined {
  const chain: JsonValue | undefined = asList(memberAt(material, 'x509CertificateChain', 'certificates'))?.[0];
  const raw = asText(memberAt(material, 'certificate', 'rawBytes') ?? memberAt(chain, 'rawBytes'));
  return raw === undefined ? undefined : attempt(() => decodeBase64(raw));
}

function refuseArgument(reason: string): never {
  return refuseGitHub(422, `Invalid Argument - ${reason}`);
}
