/** Reads the entries of Rekor (rekor, pkg/types; rekor-tiles, api/proto). */

import { digestLengths, isHashAlgorithm } from '../../core/crypto/index.ts';
import { tags } from '../../core/encoding/index.ts';
import { hashAlgorithmNames } from '../../core/log/index.ts';
import { attempt } from './certificate-claims.ts';
import { type EntryDigest, type EntrySigner, entryLimits, type SignatureEntry, type SignatureKind } from './claims.ts';
import { DerCursor } from './der-cursor.ts';
import { base64In, readKeyText, readVerifier } from './entry-signer.ts';
import { memberAt, memberOf, textIn } from './json.ts';
import type { Problems } from './problems.ts';

type Claims = Pick<SignatureEntry, 'signers' | 'digests'>;
/** Reads the `spec` of an entry. */
type Reader = (spec: unknown, problems: Problems) => Claims;

/** The readers of Rekor v1, by kind and version. */
const readersV1: Readonly<Record<string, Reader>> = {
  'hashedrekord 0.0.1': (spec, problems) => ({
    signers: keyOf(memberAt(spec, 'signature', 'publicKey', 'content'), problems),
    digests: digestsOf(problems, [memberAt(spec, 'data', 'hash'), 'signed']),
  }),
  'dsse 0.0.1': (spec, problems) => ({
    signers: signersOf(memberOf(spec, 'signatures'), problems, (one, part) =>
      readKeyText(memberOf(one, 'verifier'), part, problems),
    ),
    digests: digestsOf(
      problems,
      [memberOf(spec, 'payloadHash'), 'payload'],
      [memberOf(spec, 'envelopeHash'), 'envelope'],
    ),
  }),
  'intoto 0.0.1': (spec, problems) => ({
    signers: keyOf(memberOf(spec, 'publicKey'), problems),
    digests: intotoDigests(spec, problems),
  }),
  'intoto 0.0.2': (spec, problems) => ({
    signers: signersOf(memberAt(spec, 'content', 'envelope', 'signatures'), problems, (one, part) =>
      readKeyText(memberOf(one, 'publicKey'), part, problems),
    ),
    digests: intotoDigests(spec, problems),
  }),
  'rekord 0.0.1': (spec, problems) => ({
    signers: keyOf(memberAt(spec, 'signature', 'publicKey', 'content'), problems),
    digests: digestsOf(problems, [memberAt(spec, 'data', 'hash'), 'signed']),
  }),
  'alpine 0.0.1': packageReader('package'),
  'rpm 0.0.1': packageReader('package'),
  'helm 0.0.1': packageReader('chart'),
  'jar 0.0.1': (spec, problems) => ({
    signers: keyOf(memberAt(spec, 'signature', 'publicKey', 'content'), problems),
    digests: digestsOf(problems, [memberAt(spec, 'archive', 'hash'), 'signed']),
  }),
  'cose 0.0.1': (spec, problems) => ({
    signers: keyOf(memberOf(spec, 'publicKey'), problems),
    digests: digestsOf(
      problems,
      [memberAt(spec, 'data', 'payloadHash'), 'payload'],
      [memberAt(spec, 'data', 'envelopeHash'), 'envelope'],
    ),
  }),
  'rfc3161 0.0.1': (spec, problems) => ({ signers: [], digests: timestampDigests(memberOf(spec, 'tsr'), problems) }),
  'tuf 0.0.1': (spec) => ({ signers: tufSigners(memberAt(spec, 'metadata', 'content', 'signatures')), digests: [] }),
};

/** The readers of Rekor v2. */
const readersV2: Readonly<Record<string, Reader>> = {
  'hashedrekord 0.0.2': (whole, problems) => {
    const spec = memberOf(whole, 'hashedRekordV002');
    return {
      signers: listOf(readVerifier(memberAt(spec, 'signature', 'verifier'), 'the signature', problems)),
      digests: digestsV2(memberOf(spec, 'data'), 'signed', problems),
    };
  },
  'dsse 0.0.2': (whole, problems) => {
    const spec = memberOf(whole, 'dsseV002');
    return {
      signers: signersOf(memberOf(spec, 'signatures'), problems, (one, part) =>
        readVerifier(memberOf(one, 'verifier'), part, problems),
      ),
      digests: digestsV2(memberOf(spec, 'payloadHash'), 'payload', problems),
    };
  },
};

const readers = { 'rekor-v1': readersV1, 'rekor-v2': readersV2 } as const;

/** Returns the reader of a kind; `undefined` for one that is unknown. */
export function rekorReader(
  protocol: keyof typeof readers,
  kind: string,
  version: string,
): { readonly kind: SignatureKind; readonly read: Reader } | undefined {
  const table = readers[protocol];
  const name = `${kind} ${version}`;
  // Each name in the tables begins with a kind.
  return Object.hasOwn(table, name) ? { kind: kind as SignatureKind, read: table[name] as Reader } : undefined;
}

function packageReader(member: string): Reader {
  return (spec, problems) => ({
    signers: keyOf(memberAt(spec, 'publicKey', 'content'), problems),
    digests: digestsOf(problems, [memberAt(spec, member, 'hash'), 'signed']),
  });
}

function listOf<Item>(item: Item | undefined): readonly Item[] {
  return item === undefined ? [] : [item];
}

function keyOf(content: unknown, problems: Problems): readonly EntrySigner[] {
  return listOf(readKeyText(content, 'the signature', problems));
}

function signersOf(
  list: unknown,
  problems: Problems,
  read: (signature: unknown, part: string) => EntrySigner | undefined,
): readonly EntrySigner[] {
  if (!Array.isArray(list) || list.length === 0) {
    problems.add('MALFORMED', 'the entry', 'no signatures');
    return [];
  }
  if (list.length > entryLimits.signatures)
    problems.add('LIMIT', 'the entry', `${list.length} signatures; the limit is ${entryLimits.signatures}`);
  const signers: EntrySigner[] = [];
  for (let i = 0; i < Math.min(list.length, entryLimits.signatures); i++) {
    const signer = read(list[i], list.length === 1 ? 'the signature' : `signature ${i + 1}`);
    if (signer !== undefined) signers.push(signer);
  }
  return signers;
}

/** Returns the digests that the entry has. The first one is required. */
function digestsOf(
  problems: Problems,
  ...hashes: readonly (readonly [hash: unknown, of: EntryDigest['of']])[]
): readonly EntryDigest[] {
  const digests: EntryDigest[] = [];
  for (const [hash, of] of hashes) {
    const [algorithm, value] = [textIn(hash, 'algorithm'), textIn(hash, 'value')];
    if (algorithm !== undefined && value !== undefined && /^[a-z0-9-]{1,32}$/.test(algorithm) && isHex(value)) {
      checkLength(algorithm, value.length / 2, of, problems);
      digests.push({ algorithm, value: value.toLowerCase(), of });
    } else if (hash !== undefined)
      problems.add('MALFORMED', `the ${of} digest`, 'not an algorithm with hexadecimal digits');
  }
  if (digests.length === 0) problems.add('MALFORMED', 'the entry', 'no digest');
  return digests;
}

function isHex(text: string): boolean {
  return text.length <= 256 && /^(?:[0-9a-fA-F]{2})+$/.test(text);
}

function intotoDigests(spec: unknown, problems: Problems): readonly EntryDigest[] {
  return digestsOf(
    problems,
    [memberAt(spec, 'content', 'payloadHash'), 'payload'],
    [memberAt(spec, 'content', 'hash'), 'envelope'],
    // Rekor named the hash of the payload so in its first versions.
    [memberAt(spec, 'content', 'attestationHash'), 'payload'],
  );
}

const algorithmsV2: ReadonlyMap<string, string> = new Map(
  Object.entries(hashAlgorithmNames).map(([algorithm, name]) => [name, algorithm]),
);

function digestsV2(hash: unknown, of: EntryDigest['of'], problems: Problems): readonly EntryDigest[] {
  const part = `the ${of} digest`;
  const algorithm = algorithmsV2.get(textIn(hash, 'algorithm') ?? '');
  const bytes = base64In(hash, 'digest', part, problems);
  if (algorithm === undefined || bytes === undefined || bytes.length > 128) {
    problems.add('MALFORMED', part, 'not a known algorithm with a digest');
    return [];
  }
  checkLength(algorithm, bytes.length, of, problems);
  return [{ algorithm, value: bytes.toString('hex'), of }];
}

/** Records a digest of another length than the algorithm's. That of an unknown algorithm may have any length. */
function checkLength(algorithm: string, length: number, of: EntryDigest['of'], problems: Problems): void {
  if (isHashAlgorithm(algorithm) && digestLengths[algorithm] !== length)
    problems.add('MALFORMED', `the ${of} digest`, `${length} bytes, which is not the length of ${algorithm}`);
}

/** The algorithms of message imprints, by object identifier, DER. */
const imprintAlgorithms: ReadonlyMap<string, string> = new Map([
  ['608648016503040201', 'sha256'],
  ['608648016503040202', 'sha384'],
  ['608648016503040203', 'sha512'],
]);

/** Reads the message imprint of a TimeStampResp (RFC 3161, section 2.4.2), which is in a SignedData of CMS. */
function timestampDigests(response: unknown, problems: Problems): readonly EntryDigest[] {
  const digests: EntryDigest[] = [];
  const part = 'the timestamp';
  const der = base64In(response, 'content', part, problems) ?? Buffer.alloc(0);
  attempt(problems, part, () => {
    const token = new DerCursor(der).read(tags.sequence).inside().read(tags.sequence).read(tags.sequence).inside();
    const signedData = token.read(tags.objectIdentifier).read(0xa0).inside().read(tags.sequence).inside();
    const content = signedData.read(tags.integer).read(tags.set).read(tags.sequence).inside();
    const octets = content.read(tags.objectIdentifier).read(0xa0).inside().read(tags.octetString).inside();
    const info = octets.read(tags.sequence).inside();
    const imprint = info.read(tags.integer).read(tags.objectIdentifier).read(tags.sequence).inside();
    const oid = imprint.read(tags.sequence).inside().read(tags.objectIdentifier).contents().toString('hex');
    const value = imprint.read(tags.octetString).contents().toString('hex');
    const algorithm = imprintAlgorithms.get(oid);
    if (algorithm === undefined || !isHashAlgorithm(algorithm) || !isHex(value))
      problems.add('MALFORMED', part, 'an unknown hash algorithm');
    else digests.push({ algorithm, value, of: 'signed' });
  });
  return digests;
}

/** Returns the ids of the keys that signed TUF metadata. */
function tufSigners(signatures: unknown): readonly EntrySigner[] {
  if (!Array.isArray(signatures)) return [];
  return signatures.slice(0, entryLimits.signatures).flatMap((one): readonly EntrySigner[] => {
    const keyHash = textIn(one, 'keyid');
    return keyHash !== undefined && isHex(keyHash)
      ? [{ kind: 'other', format: 'tuf', keyHash: keyHash.toLowerCase() }]
      : [];
  });
}
