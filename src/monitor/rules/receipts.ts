/** Collects the digests and statements in receipts, bundles and checksums files of releases. */

import { bundleStem, type DsseEnvelope, readBundle } from '../../core/bundle/index.ts';
import { digest, formatDigest, isHashAlgorithm, parseDigest } from '../../core/crypto/index.ts';
import {
  asList,
  asObject,
  asText,
  decodeBase64,
  decodeUtf8,
  type JsonObject,
  type JsonValue,
  memberAt,
  parseJson,
  preAuthenticationEncoding,
} from '../../core/encoding/index.ts';
import { attempt, fail } from '../../core/errors/index.ts';
import { readStatement, type Statement, statementPayloadType } from '../../core/statement/index.ts';
import { parseChecksums } from '../../subject/index.ts';
import { readEntry } from '../entries/index.ts';
import type { Receipts, StatedProvenance } from './facts.ts';
import { digestText } from './signer.ts';

/** The largest number of digests that are kept. */
const maxDigests = 1_000_000;
/** `SHA256SUMS`, `app_1.2_checksums.txt`, `app.tar.gz.sha256`. */
const checksumsName = /(?:^|[._-])(?:sha(?:256|384|512)(?:sums?)?|checksums?)(?:\.txt)?$/i;

/** The kinds of files with digests, by their names. */
type ReceiptFile = 'bundle' | 'lines' | 'checksums' | 'json';

function kindOf(name: string): ReceiptFile | undefined {
  if (name.endsWith('.jsonl')) return 'lines';
  if (bundleStem(name) !== undefined) return 'bundle';
  if (checksumsName.test(name)) return 'checksums';
  return name.endsWith('.json') ? 'json' : undefined;
}

/** Reports whether a file may have digests, by its name. */
export function isReceiptFile(name: string): boolean {
  return kindOf(name) !== undefined;
}

/**
 * Collects what files state that releases signed. Nothing is verified: the folder with the files is as trusted as the policy that names it.
 *
 * - Bundles (`.sigstore.json`, or one in each line of `.jsonl`) and DSSE envelopes in lines (`multiple.intoto.jsonl`): the digests in their
 *   log entries, of the payload and its pre-authentication encoding, and of the subjects of statements.
 * - Receipts: the JSON of `countersign sign --json`.
 * - Checksums files.
 */
export class ReceiptCollector {
  readonly #maxDigests: number;
  readonly #digests = new Set<string>();
  readonly #provenance = new Map<string, StatedProvenance>();

  constructor(limit = maxDigests) {
    this.#maxDigests = limit;
  }

  get receipts(): Receipts {
    return { digests: this.#digests, provenance: this.#provenance };
  }

  /**
   * Adds a file. JSON of other kinds, and lines that are not bundles, are ignored.
   *
   * @param name the name of the file, without its folder
   * @throws CountersignError for a bundle or checksums file that cannot be read; `LIMIT_EXCEEDED`
   */
  add(name: string, content: Uint8Array): void {
    const kind = kindOf(name);
    if (kind === 'bundle') this.#addBundle(content);
    else if (kind === 'checksums') this.#addChecksums(name, textOf(content, name));
    else if (kind === 'json') this.#addJson(content);
    else if (kind === 'lines') for (const line of textOf(content, name).split('\n')) this.#addLine(line);
  }

  #addDigest(text: string): void {
    this.#digests.add(text);
    if (this.#digests.size > this.#maxDigests)
      fail('LIMIT_EXCEEDED', `the receipts have more than ${this.#maxDigests} digests`);
  }

  #addBundle(content: Uint8Array | string): void {
    const { content: signed, logEntries } = readBundle(content);
    for (const { kind, version, canonicalizedBody } of logEntries) {
      const protocol = kind !== 'intoto' && version === '0.0.2' ? 'rekor-v2' : 'rekor-v1';
      const entry = readEntry(protocol, canonicalizedBody);
      if (entry.type === 'signature') for (const each of entry.digests) this.#addDigest(digestText(each));
    }
    if (signed.kind === 'dsse-envelope') this.#addEnvelope(signed);
    else if (signed.messageDigest !== undefined) this.#addDigest(formatDigest(signed.messageDigest));
  }

  #addEnvelope({ payloadType, payload }: Pick<DsseEnvelope, 'payload' | 'payloadType'>): void {
    const encoding = preAuthenticationEncoding(payloadType, payload);
    const names = [
      ...(['sha256', 'sha384', 'sha512'] as const).map((algorithm) => formatDigest(digest(algorithm, encoding))),
      formatDigest(digest('sha256', payload)),
    ];
    for (const name of names) this.#addDigest(name);
    const statement = payloadType === statementPayloadType ? attempt(() => readStatement(payload)) : undefined;
    if (statement === undefined) return;
    for (const { digests } of statement.subjects) for (const each of digests) this.#addDigest(formatDigest(each));
    const provenance = attempt(() => statedProvenance(statement));
    if (provenance !== undefined) for (const name of names) this.#provenance.set(name, provenance);
  }

  #addLine(line: string): void {
    if (line.trim() === '') return;
    const document = asObject(attempt(() => parseJson(line)));
    if (document !== undefined) this.#addDocument(document, line);
  }

  #addJson(content: Uint8Array): void {
    const document = asObject(attempt(() => parseJson(content)));
    if (document !== undefined) this.#addDocument(document, content);
  }

  #addDocument(document: JsonObject, content: Uint8Array | string): void {
    if (typeof document.mediaType === 'string' && document.mediaType.includes('sigstore.bundle')) {
      this.#addBundle(content);
      return;
    }
    const payloadType = asText(document.payloadType);
    const payload = attempt(() => decodeBase64(asText(document.payload) ?? ''));
    if (payloadType !== undefined && payload !== undefined && payload.length > 0)
      this.#addEnvelope({ payloadType, payload });
    if (document.version === 1) this.#addReceipt(document.subjects);
  }

  #addReceipt(subjects: JsonValue | undefined): void {
    for (const subject of asList(subjects) ?? []) {
      const stated = asText(memberAt(subject, 'digest')) ?? '';
      const read = attempt(() => parseDigest(stated));
      if (read !== undefined) this.#addDigest(formatDigest(read));
    }
  }

  #addChecksums(name: string, text: string): void {
    const [, alone] = /^\s*([0-9a-f]{64}|[0-9a-f]{96}|[0-9a-f]{128})\s*$/i.exec(text) ?? [];
    if (alone !== undefined) {
      const algorithm = `sha${alone.length * 4}`;
      if (isHashAlgorithm(algorithm)) this.#addDigest(`${algorithm}:${alone.toLowerCase()}`);
      return;
    }
    for (const line of parseChecksums(text, name)) this.#addDigest(formatDigest(line.digest));
  }
}

function textOf(content: Uint8Array, name: string): string {
  return decodeUtf8(content) ?? fail('DIGEST_INVALID', `${name} is not UTF-8`);
}

/** Returns the source and the build that SLSA provenance states; `undefined` for other statements. */
function statedProvenance(statement: Statement): StatedProvenance | undefined {
  const { predicateType } = statement;
  if (predicateType.startsWith('https://slsa.dev/provenance/v1')) return provenanceV1(statement);
  return predicateType.startsWith('https://slsa.dev/provenance/v0.') ? provenanceV0(statement) : undefined;
}

function provenanceV1({ predicateType, predicate }: Statement): StatedProvenance {
  const workflow = memberAt(predicate, 'buildDefinition', 'externalParameters', 'workflow');
  const repository = asText(memberAt(workflow, 'repository'));
  const source = (asList(memberAt(predicate, 'buildDefinition', 'resolvedDependencies')) ?? []).find((dependency) => {
    const uri = asText(memberAt(dependency, 'uri'));
    return repository === undefined || uri?.startsWith(`git+${repository}`);
  });
  return {
    predicateType,
    repository,
    ref: asText(memberAt(workflow, 'ref')),
    commit: asText(memberAt(source, 'digest', 'gitCommit')),
    workflow: asText(memberAt(workflow, 'path')),
    invocation: asText(memberAt(predicate, 'runDetails', 'metadata', 'invocationId')),
  };
}

function provenanceV0({ predicateType, predicate }: Statement): StatedProvenance {
  const source = memberAt(predicate, 'invocation', 'configSource');
  const [, repository, ref] =
    /^git\+(https:\/\/[^@]+?)(?:\.git)?@(.+)$/.exec(asText(memberAt(source, 'uri')) ?? '') ?? [];
  return {
    predicateType,
    repository,
    ref,
    commit: asText(memberAt(source, 'digest', 'sha1')),
    workflow: asText(memberAt(source, 'entryPoint')),
    invocation: undefined,
  };
}
