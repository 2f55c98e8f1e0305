import { describe, expect, test } from '@jest/globals';
import { generateSigningKey } from '../../../sandbox/index.ts';
import type { Bundle, DsseEnvelope, LogEntry } from '../../../src/core/bundle/index.ts';
import { readCertificate } from '../../../src/core/certificate/index.ts';
import { digest, readPublicKey } from '../../../src/core/crypto/index.ts';
import { canonicalJson, encodePem, type JsonObject, type JsonValue, utf8 } from '../../../src/core/encoding/index.ts';
import type { CountersignError, ErrorCode } from '../../../src/core/errors/index.ts';
import { checkEntryBody, type Logged } from '../../../src/core/verify/entry-body.ts';
import { artifactOfBytes, artifactOfDigest } from '../../../src/core/verify/index.ts';
import type { Signer } from '../../../src/core/verify/signer.ts';
import { artifact, bodiesV1, certificateOf, Instance, submittedPem } from '../../kit/instance.ts';
import { expectFailure } from '../errors/failure.ts';

const instance = new Instance();
const key = generateSigningKey('P-256');
const base64 = (bytes: Uint8Array | string) => Buffer.from(bytes).toString('base64');

function signerOf(bundle: Bundle): Signer {
  const der = certificateOf(bundle.signer);
  if (der === undefined) return { kind: 'key', publicKey: readPublicKey(key.publicKey) };
  const certificate = readCertificate(der);
  return { kind: 'certificate', certificate, publicKey: certificate.publicKey };
}

function logged(bundle: Bundle): Logged {
  return { content: bundle.content, artifact: artifactOfBytes(artifact), signer: signerOf(bundle) };
}

/** An entry of this kind with this body, which nothing but the body is looked at of. */
function entryOf(kind: string, version: string, body: JsonValue | Uint8Array): LogEntry {
  const canonicalizedBody = body instanceof Uint8Array ? body : utf8(canonicalJson(body));
  const common = { logIndex: 0n, logKeyId: new Uint8Array(32), integratedTime: 0n };
  return { ...common, kind, version, canonicalizedBody, signedEntryTimestamp: undefined, inclusionProof: undefined };
}

const message = instance.sign({ key });
const keptMessage = instance.sign({ key, managed: true });
const attestation = instance.attest(undefined, { key });
const keptAttestation = instance.attest(undefined, { key, managed: true });
const otherMessage = instance.sign({ key });
const otherAttestation = instance.attest(undefined, { key });
const pem = submittedPem(message);
const attestedPem = submittedPem(attestation);

const encoded = ({ payloadType, payload }: DsseEnvelope) =>
  utf8(`DSSEv1 ${payloadType.length} ${payloadType} ${payload.length} ${Buffer.from(payload).toString()}`);

function verifierV2(bundle: Bundle): JsonObject {
  const certificate = certificateOf(bundle.signer);
  const by =
    certificate === undefined
      ? { publicKey: { rawBytes: base64(key.publicKey) } }
      : { x509Certificate: { rawBytes: base64(certificate) } };
  return { keyDetails: 'PKIX_ECDSA_P256_SHA_256', ...by };
}

const hashedRekordV2 = (bundle: Bundle, signed: Uint8Array): JsonObject => ({
  apiVersion: '0.0.2',
  kind: 'hashedrekord',
  spec: {
    hashedRekordV002: {
      data: { algorithm: 'SHA2_256', digest: base64(digest('sha256', signed).bytes) },
      signature: { content: base64(bundle.content.signature), verifier: verifierV2(bundle) },
    },
  },
});

const dsseV2 = (bundle: Bundle & { content: DsseEnvelope }): JsonObject => ({
  apiVersion: '0.0.2',
  kind: 'dsse',
  spec: {
    dsseV002: {
      payloadHash: { algorithm: 'SHA2_256', digest: base64(digest('sha256', bundle.content.payload).bytes) },
      signatures: [{ content: base64(bundle.content.signature), verifier: verifierV2(bundle) }],
    },
  },
});

type Written = 'structs, empty key id' | 'names, empty key id' | 'structs' | 'names';
function writtenEnvelope({ payloadType, payload, signature }: DsseEnvelope, how: Written): string {
  const signatures = [{ ...(how.endsWith('key id') ? { keyid: '' } : {}), sig: base64(signature) }];
  return JSON.stringify(
    how.startsWith('structs')
      ? { payloadType, payload: base64(payload), signatures }
      : { payload: base64(payload), payloadType, signatures },
  );
}

const intotoV1 = (bundle: Bundle & { content: DsseEnvelope }, how: Written) =>
  bodiesV1.intotoV1(bundle, attestedPem, writtenEnvelope(bundle.content, how));

interface Kind {
  readonly kind: string;
  readonly version: string;
  readonly bundle: Bundle;
  /** Another bundle, which differs in its signature at least. */
  readonly other: Bundle;
  readonly body: JsonObject;
  /** The paths of values that the submitter chooses and nothing is compared with. */
  readonly free?: readonly string[];
}

const keptPem = submittedPem(keptMessage, key);
const kinds: Readonly<Record<string, Kind>> = {
  'hashedrekord 0.0.1': {
    kind: 'hashedrekord',
    version: '0.0.1',
    bundle: message,
    other: otherMessage,
    body: bodiesV1.hashedrekord(message, pem),
  },
  'hashedrekord 0.0.1 of a key': {
    kind: 'hashedrekord',
    version: '0.0.1',
    bundle: keptMessage,
    other: otherMessage,
    body: bodiesV1.hashedrekord(keptMessage, keptPem),
  },
  'hashedrekord 0.0.2': {
    kind: 'hashedrekord',
    version: '0.0.2',
    bundle: message,
    other: otherMessage,
    body: hashedRekordV2(message, artifact),
  },
  'hashedrekord 0.0.2 of a key': {
    kind: 'hashedrekord',
    version: '0.0.2',
    bundle: keptMessage,
    other: otherMessage,
    body: hashedRekordV2(keptMessage, artifact),
  },
  'hashedrekord 0.0.2 of an envelope': {
    kind: 'hashedrekord',
    version: '0.0.2',
    bundle: attestation,
    other: otherAttestation,
    body: hashedRekordV2(attestation, encoded(attestation.content)),
  },
  'dsse 0.0.1': {
    kind: 'dsse',
    version: '0.0.1',
    bundle: attestation,
    other: otherAttestation,
    body: bodiesV1.dsse(attestation, attestedPem),
    free: ['spec.envelopeHash.value'],
  },
  'dsse 0.0.1 of a key': {
    kind: 'dsse',
    version: '0.0.1',
    bundle: keptAttestation,
    other: otherAttestation,
    body: bodiesV1.dsse(keptAttestation, keptPem),
    free: ['spec.envelopeHash.value'],
  },
  'dsse 0.0.2': {
    kind: 'dsse',
    version: '0.0.2',
    bundle: attestation,
    other: otherAttestation,
    body: dsseV2(attestation),
  },
  'dsse 0.0.2 of a key': {
    kind: 'dsse',
    version: '0.0.2',
    bundle: keptAttestation,
    other: otherAttestation,
    body: dsseV2(keptAttestation),
  },
  'intoto 0.0.2': {
    kind: 'intoto',
    version: '0.0.2',
    bundle: attestation,
    other: otherAttestation,
    body: bodiesV1.intoto(attestation, attestedPem),
    free: ['spec.content.hash.value'],
  },
  'intoto 0.0.1': {
    kind: 'intoto',
    version: '0.0.1',
    bundle: attestation,
    other: otherAttestation,
    body: intotoV1(attestation, 'structs, empty key id'),
    free: ['spec.content.payloadHash'],
  },
};

const check = ({ kind, version }: Pick<Kind, 'kind' | 'version'>, body: JsonValue | Uint8Array, about: Logged) =>
  checkEntryBody(entryOf(kind, version, body), about);

/** The code with which a body is refused. */
function refusal(
  kind: Kind,
  body: JsonValue | Uint8Array,
  about: Logged = logged(kind.bundle),
): ErrorCode | 'accepted' {
  try {
    check(kind, body, about);
  } catch (error) {
    return (error as CountersignError).code;
  }
  return 'accepted';
}

/** The value with one place changed; `undefined` takes a member away. */
function changed(
  value: JsonValue,
  path: readonly string[],
  change: (value: JsonValue) => JsonValue | undefined,
): JsonValue {
  const [step, ...rest] = path;
  if (Array.isArray(value)) {
    return value.flatMap((item, at) => {
      if (String(at) !== step) return [item];
      const made = rest.length === 0 ? change(item) : changed(item, rest, change);
      return made === undefined ? [] : [made];
    });
  }
  return Object.fromEntries(
    Object.entries(Object(value) as JsonObject).flatMap(([name, member]) => {
      if (name !== step) return [[name, member]];
      const made = rest.length === 0 ? change(member) : changed(member, rest, change);
      return made === undefined ? [] : [[name, made]];
    }),
  );
}

/** Every member and item, by its path. */
function places(value: JsonValue): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [[name], ...places(inner).map((rest) => [name, ...rest])]);
}

function valueAt(value: JsonValue, path: readonly string[]): JsonValue {
  return path.reduce<JsonValue>((inner, step) => Object(inner)[step], value);
}

describe.each(Object.entries(kinds))('%s', (_name, kind) => {
  const { body, bundle, other, free = [] } = kind;

  test('made by the log is that of the bundle', () => {
    expect(check(kind, body, logged(bundle))).toBeUndefined();
  });

  test('is that of no other bundle', () => {
    const found = refusal(kind, body, { ...logged(bundle), content: other.content });
    expect(found).toBe('LOG_ENTRY_MISMATCH');
  });

  test('is that of no other signer', () => {
    const another = generateSigningKey('P-256');
    const strangerKey: Signer = { kind: 'key', publicKey: readPublicKey(another.publicKey) };
    expect(refusal(kind, body, { ...logged(bundle), signer: strangerKey })).toBe('LOG_ENTRY_MISMATCH');
    // Another certificate for the very key.
    expect(refusal(kind, body, { ...logged(bundle), signer: signerOf(instance.sign({ key })) })).toBe(
      'LOG_ENTRY_MISMATCH',
    );
    // The key of the certificate, and the certificate of the key.
    const publicKey = readPublicKey(key.publicKey);
    if (bundle.signer.kind === 'certificate')
      expect(refusal(kind, body, { ...logged(bundle), signer: { kind: 'key', publicKey } })).toBe('LOG_ENTRY_MISMATCH');
  });

  test('with any text in it changed is not', () => {
    const texts = places(body).filter((path) => typeof valueAt(body, path) === 'string');
    expect(texts.length).toBeGreaterThan(5);
    for (const path of texts) {
      const accepted = free.includes(path.join('.'));
      for (const [what, change] of [
        ['another', (text: string) => flipped(text)],
        ['longer', (text: string) => `${text}A`],
        ['shorter', (text: string) => text.slice(0, -1)],
        ['empty', () => ''],
      ] as const) {
        const found = refusal(
          kind,
          changed(body, path, (text) => change(String(text))),
        );
        const isAccepted = accepted && what === 'another';
        expect([path.join('.'), what, found]).toEqual([
          path.join('.'),
          what,
          isAccepted ? 'accepted' : expect.not.stringMatching(/^accepted$/),
        ]);
      }
    }
  });

  test('with any member taken away, or of another type, is not', () => {
    for (const path of places(body)) {
      for (const change of [() => undefined, () => null, () => 1, () => [], () => ({}), () => true]) {
        const found = refusal(kind, changed(body, path, change));
        // The hash of the payload came with a later version of the log, and repeats what the hash of the envelope says.
        const optional =
          path.join('.') === 'spec.content.payloadHash' && kind.kind === 'intoto' && kind.version === '0.0.1';
        if (optional && found === 'accepted') continue;
        expect([path.join('.'), found]).toEqual([
          path.join('.'),
          expect.stringMatching(/^(LOG_ENTRY_INVALID|LOG_ENTRY_MISMATCH|LIMIT_EXCEEDED)$/),
        ]);
      }
    }
  });

  test('with a member added anywhere is not', () => {
    for (const path of [[], ...places(body)]) {
      const there = valueAt(body, path);
      if (typeof there !== 'object' || there === null || Array.isArray(there)) continue;
      const more = (value: JsonValue): JsonValue => ({ ...(value as JsonObject), novel: 'x' });
      expect([path.join('.'), refusal(kind, path.length === 0 ? more(body) : changed(body, path, more))]).toEqual([
        path.join('.'),
        'LOG_ENTRY_MISMATCH',
      ]);
    }
  });

  test('in other bytes is not, though it says the same', () => {
    const text = canonicalJson(body);
    for (const other of [` ${text}`, `${text}\n`, JSON.stringify(body, undefined, 1), text.replace(/:"/, ': "')]) {
      expect(refusal(kind, utf8(other))).toBe('LOG_ENTRY_MISMATCH');
    }
    const escaped = text
      .replace('"kind":"h', '"kind":"\\u0068')
      .replace('"kind":"d', '"kind":"\\u0064')
      .replace('"kind":"i', '"kind":"\\u0069');
    expect(refusal(kind, utf8(escaped))).toBe('LOG_ENTRY_MISMATCH');
    const twice = text.replace('{"apiVersion"', '{"spec":{},"apiVersion"');
    expect(refusal(kind, utf8(twice))).toBe('LOG_ENTRY_INVALID');
  });

  test('under the name of another kind is not', () => {
    const names = [
      'hashedrekord 0.0.1',
      'hashedrekord 0.0.2',
      'dsse 0.0.1',
      'dsse 0.0.2',
      'intoto 0.0.1',
      'intoto 0.0.2',
    ];
    for (const name of names) {
      const [as = '', version = ''] = name.split(' ');
      if (as === kind.kind && version === kind.version) continue;
      const found = refusal({ ...kind, kind: as, version }, body);
      expect([name, found]).toEqual([name, expect.stringMatching(/^LOG_ENTRY_(INVALID|MISMATCH)$/)]);
    }
  });

  test('that is not JSON, or no object, is not', () => {
    for (const bytes of [new Uint8Array(), utf8('{'), utf8('[]'), utf8('null'), utf8('"a"'), new Uint8Array([0xff])])
      expect(refusal(kind, bytes)).toBe('LOG_ENTRY_INVALID');
    const [half = new Uint8Array()] = [utf8(canonicalJson(body)).subarray(0, 100)];
    expect(refusal(kind, half)).toBe('LOG_ENTRY_INVALID');
  });
});

/** Another text of the same length and alphabet. */
function flipped(text: string): string {
  const at = Math.floor(text.length / 2);
  return `${text.slice(0, at)}${text[at] === 'a' ? 'b' : 'a'}${text.slice(at + 1)}`;
}

describe('an entry for another kind of content', () => {
  test.each(['dsse 0.0.1', 'dsse 0.0.2', 'intoto 0.0.1', 'intoto 0.0.2'])(
    '%s for a signature over the artifact',
    (name) => {
      const kind = kinds[name];
      if (kind === undefined) throw new Error('there is such a kind');
      expectFailure(
        () => check(kind, kind.body, { ...logged(attestation), content: message.content }),
        'LOG_ENTRY_MISMATCH',
        /for an envelope, but the bundle contains none/,
      );
    },
  );

  test('a hashedrekord of the payload, or of the artifact, for an envelope', () => {
    for (const signed of [attestation.content.payload, artifact]) {
      const v1 = bodiesV1.hashedrekord(attestation, attestedPem, digest('sha256', signed));
      expect(refusal({ ...kind('hashedrekord 0.0.1'), bundle: attestation }, v1)).toBe('LOG_ENTRY_MISMATCH');
      const v2 = hashedRekordV2(attestation, signed);
      expect(refusal({ ...kind('hashedrekord 0.0.2'), bundle: attestation }, v2)).toBe('LOG_ENTRY_MISMATCH');
    }
  });
});

function kind(name: string): Kind {
  const found = kinds[name];
  if (found === undefined) throw new Error('there is such a kind');
  return found;
}

describe('a kind that is not read', () => {
  test.each([
    ['rekord', '0.0.1'],
    ['hashedrekord', '0.0.3'],
    ['hashedrekord', ''],
    ['', '0.0.1'],
    ['intoto', '0.0.3'],
    ['constructor', ''],
    ['hashedrekord 0.0.1', ''],
  ])('%j %j', (name, version) => {
    expectFailure(
      () => check({ kind: name, version }, kind('hashedrekord 0.0.1').body, logged(message)),
      'LOG_ENTRY_INVALID',
      /is not supported$/,
    );
  });

  test('one with a very long name is cut in the error', () => {
    const { message: text } = expectFailure(
      () => check({ kind: 'a'.repeat(9999), version: '1' }, {}, logged(message)),
      'LOG_ENTRY_INVALID',
      /is not supported/,
    );
    expect(text.length).toBeLessThan(200);
  });
});

describe('the hash of a hashedrekord', () => {
  test.each(['sha256', 'sha384', 'sha512'] as const)('%s, which the artifact must be known by', (algorithm) => {
    const by = digest(algorithm, artifact);
    const v1 = bodiesV1.hashedrekord(message, pem, by);
    const v2 = JSON.parse(JSON.stringify(hashedRekordV2(message, artifact)));
    v2.spec.hashedRekordV002.data = { algorithm: algorithm.replace('sha', 'SHA2_'), digest: base64(by.bytes) };
    for (const [version, body] of [
      ['0.0.1', v1],
      ['0.0.2', v2],
    ] as const) {
      const at = { kind: 'hashedrekord', version };
      expect(check(at, body, logged(message))).toBeUndefined();
      const known = artifactOfDigest(digest(algorithm === 'sha256' ? 'sha512' : 'sha256', artifact));
      expectFailure(
        () => check(at, body, { ...logged(message), artifact: known }),
        'DIGEST_UNAVAILABLE',
        new RegExp(`the signature is over the ${algorithm} digest of the artifact`),
      );
    }
  });

  test.each(['sha256', 'sha384', 'sha512'] as const)(
    '%s of an envelope, which Rekor v1 has of a signed file alone',
    (algorithm) => {
      const at = { kind: 'hashedrekord', version: '0.0.1' };
      for (const [about, text] of [
        [attestation, attestedPem],
        [keptAttestation, keptPem],
      ] as const) {
        const body = bodiesV1.hashedrekord(about, text, digest(algorithm, encoded(about.content)));
        // Also where the artifact is the very encoding.
        for (const what of [artifactOfBytes(artifact), artifactOfBytes(encoded(about.content))]) {
          const { remedy } = expectFailure(
            () => check(at, body, { ...logged(about), artifact: what }),
            'LOG_ENTRY_MISMATCH',
            /^the log entry is for a file signature \(hashedrekord 0\.0\.1\), but the bundle contains an envelope$/,
          );
          expect(remedy).toContain('dsse or intoto');
        }
      }
    },
  );

  test.each(['sha1', 'md5', 'SHA256', 'constructor', ''])('not %j', (algorithm) => {
    const body = changed(kind('hashedrekord 0.0.1').body, ['spec', 'data', 'hash', 'algorithm'], () => algorithm);
    expectFailure(
      () => check(kind('hashedrekord 0.0.1'), body, logged(message)),
      'LOG_ENTRY_INVALID',
      /not sha256, sha384 or sha512/,
    );
  });
});

describe('the signer of an entry of Rekor v1, as it was submitted', () => {
  const der = certificateOf(message.signer) ?? new Uint8Array();
  const submitted = (text: string | Uint8Array) =>
    refusal(
      kind('hashedrekord 0.0.1'),
      changed(kind('hashedrekord 0.0.1').body, ['spec', 'signature', 'publicKey', 'content'], () => base64(text)),
    );

  test.each([
    ['with a line end', pem],
    ['without a line end', pem.trimEnd()],
    ['with more line ends', `\n${pem}\n\n`],
    ['with the line ends of Windows', pem.replaceAll('\n', '\r\n')],
    ['in one line', `-----BEGIN CERTIFICATE-----\n${base64(der)}\n-----END CERTIFICATE-----\n`],
    [
      'in lines of 76',
      `-----BEGIN CERTIFICATE-----\n${base64(der).replace(/.{76}/g, '$&\n')}\n-----END CERTIFICATE-----\n`,
    ],
  ])('%s', (_, text) => {
    expect(submitted(text)).toBe('accepted');
  });

  test.each([
    ['another certificate', submittedPem(otherMessage)],
    ['twice', pem + pem],
    ['with another behind it', pem + submittedPem(otherMessage)],
    ['with another before it', submittedPem(otherMessage) + pem],
    ['as a key', encodePem('PUBLIC KEY', der)],
    ['its key', encodePem('PUBLIC KEY', key.publicKey)],
    ['as another label', encodePem('TRUSTED CERTIFICATE', der)],
    ['as DER', new Uint8Array(der)],
    ['with text before it', `comment\n${pem}`],
    ['with text behind it', `${pem}comment`],
    ['with a byte more in it', encodePem('CERTIFICATE', new Uint8Array([...der, 0]))],
    ['nothing', ''],
    ['bytes that are no text', new Uint8Array([0xff, 0xfe])],
  ])('not %s', (_, text) => {
    expect(submitted(text)).toMatch(/^LOG_ENTRY_(MISMATCH|INVALID)$/);
  });
});

describe('dsse 0.0.1', () => {
  const dsse = kind('dsse 0.0.1');

  test('the hash of the envelope is one, whichever', () => {
    const hash = (value: JsonValue) =>
      refusal(
        dsse,
        changed(dsse.body, ['spec', 'envelopeHash', 'value'], () => value),
      );
    expect(hash('0'.repeat(64))).toBe('accepted');
    for (const value of ['0'.repeat(63), '0'.repeat(65), 'A'.repeat(64), 'x'.repeat(64), `${'0'.repeat(64)}\n`])
      expect(hash(value)).toBe('LOG_ENTRY_INVALID');
  });

  test('with two signatures, though one is right', () => {
    const [signature] = (dsse.body.spec as { signatures: JsonObject[] }).signatures;
    const two = changed(dsse.body, ['spec', 'signatures'], () => [signature ?? null, signature ?? null]);
    expect(refusal(dsse, two)).toBe('LIMIT_EXCEEDED');
    expect(
      refusal(
        dsse,
        changed(dsse.body, ['spec', 'signatures'], () => []),
      ),
    ).toBe('LOG_ENTRY_INVALID');
  });
});

describe('intoto 0.0.2', () => {
  const intoto = kind('intoto 0.0.2');
  const first = ['spec', 'content', 'envelope', 'signatures', '0'];

  test('may hold the payload, if it is the very one', () => {
    const holding = (payload: string) =>
      refusal(
        intoto,
        changed(intoto.body, ['spec', 'content', 'envelope'], (envelope) => ({ ...(envelope as JsonObject), payload })),
      );
    expect(holding(base64(base64(attestation.content.payload)))).toBe('accepted');
    expect(holding(base64(attestation.content.payload))).toBe('LOG_ENTRY_MISMATCH');
    expect(holding(base64(base64('{}')))).toBe('LOG_ENTRY_MISMATCH');
    expect(holding('')).toBe('LOG_ENTRY_MISMATCH');
  });

  test('may name the key, in any words', () => {
    const named = (keyid: JsonValue) =>
      refusal(
        intoto,
        changed(intoto.body, first, (signature) => ({ ...(signature as JsonObject), keyid })),
      );
    expect(named('SHA256:abc')).toBe('accepted');
    expect(named('')).toBe('LOG_ENTRY_MISMATCH');
    expect(named(3)).toBe('LOG_ENTRY_INVALID');
  });

  test('half of a character in a name is refused, and does not stop the verifier', () => {
    const text = canonicalJson(
      changed(intoto.body, first, (signature) => ({ ...(signature as JsonObject), keyid: 'X' })),
    );
    expect(refusal(intoto, utf8(text.replace('"keyid":"X"', '"keyid":"\\ud800"')))).toBe('LOG_ENTRY_INVALID');
  });

  test('with two signatures, though one is right', () => {
    const two = changed(intoto.body, ['spec', 'content', 'envelope', 'signatures'], (list) =>
      Array.isArray(list) ? [...list, ...list] : list,
    );
    expect(refusal(intoto, two)).toBe('LIMIT_EXCEEDED');
  });

  test('with the signature in base64 once', () => {
    const once = changed(intoto.body, [...first, 'sig'], () => base64(attestation.content.signature));
    expect(refusal(intoto, once)).toBe('LOG_ENTRY_MISMATCH');
  });
});

describe('intoto 0.0.1', () => {
  const intoto = kind('intoto 0.0.1');
  const { payloadType, payload, signature } = attestation.content;
  const forms = ['structs, empty key id', 'names, empty key id', 'structs', 'names'] as const;

  test.each(forms)('of an envelope written with %s', (how) => {
    const body = intotoV1(attestation, how);
    expect(refusal(intoto, body)).toBe('accepted');
    expect(
      refusal(
        intoto,
        changed(body, ['spec', 'content', 'payloadHash'], () => undefined),
      ),
    ).toBe('accepted');
    const other = { ...attestation, content: { ...attestation.content, payload: utf8('{}') } };
    expect(refusal(intoto, intotoV1(other, how))).toBe('LOG_ENTRY_MISMATCH');
  });

  const sig = base64(signature);
  test.each([
    ['another order', JSON.stringify({ signatures: [{ sig }], payload: base64(payload), payloadType })],
    [
      'the signature before the key id',
      JSON.stringify({ payloadType, payload: base64(payload), signatures: [{ sig, keyid: '' }] }),
    ],
    ['white space', JSON.stringify({ payloadType, payload: base64(payload), signatures: [{ sig }] }, undefined, 1)],
    ['a line end', `${writtenEnvelope(attestation.content, 'structs')}\n`],
    ['a key id', JSON.stringify({ payloadType, payload: base64(payload), signatures: [{ keyid: 'a', sig }] })],
    ['two signatures', JSON.stringify({ payloadType, payload: base64(payload), signatures: [{ sig }, { sig }] })],
    ['another signature', writtenEnvelope(otherAttestation.content, 'structs')],
  ])('of one written with %s is not held to be about it', (_, text) => {
    expect(refusal(intoto, bodiesV1.intotoV1(attestation, attestedPem, text))).toBe('LOG_ENTRY_MISMATCH');
  });
});
