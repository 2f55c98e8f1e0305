/** Images in a sandbox's registry, signed in each of the layouts that cosign has had: with our own signer, written out by hand. */

import { randomBytes } from 'node:crypto';
import type { RegistryService, Sandbox, SigningKey } from '../../sandbox/index.ts';
import { type Bundle, type LogEntry, writeBundle } from '../../src/core/bundle/index.ts';
import { type Digest, digest, formatDigest } from '../../src/core/crypto/index.ts';
import { encodeBase64, encodeHex, encodePem, type JsonObject, utf8 } from '../../src/core/encoding/index.ts';
import { defaultThresholds } from '../../src/core/policy/index.ts';
import { statementPayloadType, writeStatement } from '../../src/core/statement/index.ts';
import { readSigningConfig, readTrustedRoot, selectServices } from '../../src/core/trust/index.ts';
import { cachedTokens, readIdentityToken, requestToken } from '../../src/identity/index.ts';
import { Secret } from '../../src/node/index.ts';
import { type HttpConnections, openHttp } from '../../src/services/http/index.ts';
import {
  type Descriptor,
  formatRepository,
  type ImageReference,
  openRepository,
  parseImageReference,
  parseTag,
  type RepositoryClient,
} from '../../src/services/registry/index.ts';
import { openSession, type SigningSession } from '../../src/sign/index.ts';
import { certificateOf } from './instance.ts';

const emptyType = 'application/vnd.oci.empty.v1+json';
export const imageType = 'application/vnd.oci.image.manifest.v1+json';
export const bundleType = 'application/vnd.dev.sigstore.bundle.v0.3+json';
export const simpleSigningType = 'application/vnd.dev.cosign.simplesigning.v1+json';
export const envelopeType = 'application/vnd.dsse.envelope.v1+json';
export const cosignPredicateType = 'https://sigstore.dev/cosign/sign/v1';

/** An image that was pushed. */
export interface Image {
  /** `registry/name` */
  readonly name: string;
  readonly digest: Digest<'sha256'>;
  readonly size: number;
  readonly byTag: string;
  readonly byDigest: string;
}

/** The image that older tags refer to. */
export type TaggedImage = Pick<Image, 'byDigest'> & { readonly digest: Digest };

/** The image that bundles are attached to. */
export type AttachableImage = TaggedImage & Pick<Image, 'size'>;

/** A layer under one of the older tags. */
export interface OlderLayer {
  readonly bytes: Uint8Array;
  readonly annotations: Readonly<Record<string, string>>;
  readonly mediaType?: string;
}

/** Changes to a manifest that holds a bundle. */
export type ManifestChanges = (manifest: JsonObject) => JsonObject;

export class SignedImages implements Disposable {
  readonly #sandbox: Sandbox;
  readonly #registry: RegistryService;
  readonly #connections: HttpConnections = openHttp('countersign-test');
  readonly #sessions: SigningSession[] = [];
  #pushed = 0;

  constructor(sandbox: Sandbox, registry: 'registry' | 'registryWithoutReferrers' = 'registry') {
    this.#sandbox = sandbox;
    this.#registry = sandbox[registry];
  }

  /** The client of an image's repository, with the account that may write. */
  client(image: Pick<Image, 'byDigest'>): RepositoryClient {
    return this.#client(parseImageReference(image.byDigest));
  }

  #client({ repository }: ImageReference): RepositoryClient {
    const { username: user, password } = this.#registry.writer;
    const credential = { kind: 'password', user, password: new Secret(password) } as const;
    const patience = { sleep: async () => undefined, random: (length: number) => new Uint8Array(length) };
    return openRepository(this.#connections.send, repository, async () => credential, patience);
  }

  /** Pushes an image like no other, into a repository of its own unless one is named. */
  async push(repository = `owner/app-${++this.#pushed}`, tag = '1'): Promise<Image> {
    const reference = parseImageReference(`${this.#registry.host}/${repository}:${tag}`);
    const client = this.#client(reference);
    const config = await descriptorOf(client, utf8(JSON.stringify({ random: encodeHex(randomBytes(8)) })), emptyType);
    const bytes = utf8(JSON.stringify({ schemaVersion: 2, mediaType: imageType, config, layers: [] }));
    await client.putManifest(parseTag(tag), { mediaType: imageType, bytes });
    const own = digest('sha256', bytes);
    const name = formatRepository(reference.repository);
    return { name, digest: own, size: bytes.length, byTag: `${name}:${tag}`, byDigest: `${name}@${formatDigest(own)}` };
  }

  /** Signs a statement about an image, as `cosign sign` does now. */
  async sign({ digest: of }: { readonly digest: Digest }, predicateType = cosignPredicateType): Promise<Bundle> {
    const subjects = [{ name: '', digests: [of] }];
    const statement = writeStatement({ subjects, predicateType, predicate: {} });
    return (await this.#session(2).signStatement(statement)).bundle;
  }

  /** Attaches what is to pass for a bundle. */
  async attach(
    image: AttachableImage,
    bundle: Bundle | Uint8Array,
    change: ManifestChanges = (same) => same,
  ): Promise<Digest> {
    const client = this.client(image);
    const content = bundle instanceof Uint8Array ? bundle : utf8(writeBundle(bundle));
    const manifest = change({
      schemaVersion: 2,
      mediaType: imageType,
      artifactType: bundleType,
      config: await descriptorOf(client, utf8('{}'), emptyType),
      layers: [await descriptorOf(client, content, bundleType)],
      subject: { mediaType: imageType, digest: formatDigest(image.digest), size: image.size },
      annotations: { 'dev.sigstore.bundle.content': 'dsse-envelope' },
    });
    const { artifactType } = manifest;
    return client.attach({
      mediaType: imageType,
      bytes: utf8(JSON.stringify(manifest)),
      subject: image.digest,
      artifactType: typeof artifactType === 'string' ? artifactType : emptyType,
      annotations: {},
    });
  }

  /** A layer as cosign signed until version 2: over a document, in a log of Rekor v1. */
  async olderSignature(of: Digest, reference: string): Promise<OlderLayer> {
    const bytes = simpleSigning(of, reference);
    const { bundle } = await this.#session(1).signArtifact(digest('sha256', bytes));
    return { bytes, annotations: annotationsOf(bundle) };
  }

  /** The same with a long-lived key. */
  async olderSignatureByKey(of: Digest, reference: string, key: SigningKey): Promise<OlderLayer> {
    const bytes = simpleSigning(of, reference);
    const signature = key.sign(bytes);
    const entry = await this.#logged(digest('sha256', bytes), signature, key);
    return {
      bytes,
      annotations: { [names.signature]: encodeBase64(signature), [names.logEntry]: entry },
    };
  }

  /** A layer as cosign attested until version 2. */
  async olderAttestation(of: Digest, reference: string, predicateType: string): Promise<OlderLayer> {
    const subjects = [{ name: reference, digests: [of] }];
    const statement = writeStatement({ subjects, predicateType, predicate: {} });
    const { bundle } = await this.#session(1).signStatement(statement);
    const envelope = {
      payloadType: statementPayloadType,
      payload: encodeBase64(statement),
      signatures: [{ keyid: '', sig: encodeBase64(bundle.content.signature) }],
    };
    const annotations = { ...annotationsOf(bundle), [names.signature]: '', predicateType };
    return { bytes: utf8(JSON.stringify(envelope)), annotations };
  }

  /** Puts layers under an older tag, in place of those that were there. */
  async tag(image: TaggedImage, suffix: 'sig' | 'att', layers: readonly OlderLayer[]): Promise<void> {
    const client = this.client(image);
    const described: JsonObject[] = [];
    for (const { bytes, annotations, mediaType } of layers) {
      const type = mediaType ?? (suffix === 'sig' ? simpleSigningType : envelopeType);
      described.push({ ...(await descriptorOf(client, bytes, type)), annotations });
    }
    const config = await descriptorOf(client, utf8('{}'), 'application/vnd.oci.image.config.v1+json');
    const manifest = { schemaVersion: 2, mediaType: imageType, config, layers: described };
    await client.putManifest(olderTag(image, suffix), { mediaType: imageType, bytes: utf8(JSON.stringify(manifest)) });
  }

  #session(logVersion: 1 | 2): SigningSession {
    const { jobTokens, trustedRoot, signingConfigBothLogs } = this.#sandbox;
    const { requestUrl: url, requestToken: secret } = jobTokens;
    const { send: http } = this.#connections;
    const clock = (): Date => new Date();
    const session = openSession({
      services: selectServices(readSigningConfig(JSON.stringify(signingConfigBothLogs)), clock(), logVersion),
      tokens: cachedTokens(
        async () =>
          readIdentityToken(
            (await requestToken(http, { url, requestToken: new Secret(secret) })).reveal(),
            clock(),
            'https://github.com',
          ),
        clock,
      ),
      trust: readTrustedRoot(JSON.stringify(trustedRoot)),
      requirements: { thresholds: defaultThresholds, sandbox: 'accept' },
      http,
      random: randomBytes,
      clock,
    });
    this.#sessions.push(session);
    return session;
  }

  /** The annotation about an entry that holds a key. */
  async #logged(of: Digest, signature: Uint8Array, key: SigningKey): Promise<string> {
    const proposed = {
      apiVersion: '0.0.1',
      kind: 'hashedrekord',
      spec: {
        data: { hash: { algorithm: of.algorithm, value: encodeHex(of.bytes) } },
        signature: {
          content: encodeBase64(signature),
          publicKey: { content: encodeBase64(utf8(encodePem('PUBLIC KEY', key.publicKey))) },
        },
      },
    };
    const answer = await fetch(`${this.#sandbox.urls.rekorV1}/api/v1/log/entries`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(proposed),
    });
    const [entry] = Object.values<AnsweredEntry>(JSON.parse(await answer.text()));
    if (entry === undefined) throw new Error('the log answered with no entry');
    const { body, integratedTime, logIndex, logID, verification } = entry;
    const { signedEntryTimestamp: SignedEntryTimestamp } = verification;
    return JSON.stringify({ SignedEntryTimestamp, Payload: { body, integratedTime, logIndex, logID } });
  }

  [Symbol.dispose](): void {
    for (const session of this.#sessions) session[Symbol.dispose]();
    this.#connections[Symbol.dispose]();
  }
}

interface AnsweredEntry {
  readonly body: string;
  readonly integratedTime: number;
  readonly logIndex: number;
  readonly logID: string;
  readonly verification: { readonly signedEntryTimestamp: string };
}

/** The names of cosign's annotations. */
export const names = {
  signature: 'dev.cosignproject.cosign/signature',
  certificate: 'dev.sigstore.cosign/certificate',
  chain: 'dev.sigstore.cosign/chain',
  logEntry: 'dev.sigstore.cosign/bundle',
  timestamp: 'dev.sigstore.cosign/rfc3161timestamp',
} as const;

/** The tag that older clients look under. */
export function olderTag({ digest: of }: Pick<TaggedImage, 'digest'>, suffix: 'sig' | 'att') {
  return parseTag(`sha256-${encodeHex(of.bytes)}.${suffix}`);
}

export function simpleSigning(of: Digest, reference: string): Uint8Array {
  const critical = {
    identity: { 'docker-reference': reference },
    image: { 'docker-manifest-digest': formatDigest(of) },
    type: 'cosign container image signature',
  };
  return utf8(JSON.stringify({ critical, optional: null }));
}

/** A bundle that Rekor v1 has logged, as annotations of a layer. */
export function annotationsOf({ signer, logEntries, content, timestamps }: Bundle): Readonly<Record<string, string>> {
  const certificate = certificateOf(signer);
  const [entry] = logEntries;
  const [timestamp] = timestamps;
  return {
    [names.signature]: encodeBase64(content.signature),
    ...(certificate && { [names.certificate]: encodePem('CERTIFICATE', certificate), [names.chain]: 'not read' }),
    ...(entry && { [names.logEntry]: logEntryText(entry) }),
    ...(timestamp && { [names.timestamp]: JSON.stringify({ SignedRFC3161Timestamp: encodeBase64(timestamp) }) }),
  };
}

function logEntryText({ signedEntryTimestamp, ...entry }: LogEntry): string {
  if (signedEntryTimestamp === undefined) throw new Error('the log promised nothing');
  return JSON.stringify({
    SignedEntryTimestamp: encodeBase64(signedEntryTimestamp),
    Payload: {
      body: encodeBase64(entry.canonicalizedBody),
      integratedTime: Number(entry.integratedTime),
      logIndex: Number(entry.logIndex),
      logID: encodeHex(entry.logKeyId),
    },
  });
}

/** Pushes a blob, and describes it. */
async function descriptorOf(client: RepositoryClient, bytes: Uint8Array, mediaType: string): Promise<JsonObject> {
  const pushed: Descriptor['digest'] = await client.pushBlob(bytes);
  return { mediaType, digest: formatDigest(pushed), size: bytes.length };
}
