import { describe, expect, test } from '@jest/globals';
import {
  type CertifiedKey,
  generateSigningKey,
  keyPurposes,
  type ProfileOverrides,
  type SigningKey,
} from '../../../sandbox/pki/index.ts';
import { readBundle } from '../../../src/core/bundle/index.ts';
import {
  type Certificate,
  mayHaveIssued,
  oids,
  readCertificate,
  verifyPath,
} from '../../../src/core/certificate/index.ts';
import { readPublicKey } from '../../../src/core/crypto/index.ts';
import { der, utf8 } from '../../../src/core/encoding/index.ts';
import type { ErrorCode } from '../../../src/core/errors/index.ts';
import { readTrustedRoot } from '../../../src/core/trust/index.ts';
import { rsaKey } from '../../kit/keys.ts';
import { certificateOf, fixture } from '../bundle/vectors.ts';
import { expectRejection } from '../errors/failure.ts';
import {
  authorityEnd,
  authorityStart,
  chainOf,
  extension,
  field,
  leafEnd,
  leafStart,
  makeAuthorities,
  makeAuthority,
  makeLeaf,
  resigned,
  used,
} from './made.ts';

const right = makeAuthorities();
const leafWith = (changes: ProfileOverrides) => readCertificate(makeLeaf(right.intermediate, changes));
const rightLeaf = leafWith({});

const seconds = (time: Date, count: number) => new Date(time.getTime() + count * 1000);

interface Case {
  readonly leaf?: Certificate;
  readonly chain?: readonly Certificate[];
  readonly times?: readonly Date[];
  readonly purpose?: string;
}

async function holds({
  leaf = rightLeaf,
  chain = right.chain,
  times = [used],
  purpose = oids.codeSigning,
}: Case): Promise<boolean> {
  await verifyPath(leaf, chain, times, purpose);
  return true;
}

const refused = (wrong: Case, code: ErrorCode, reason: RegExp) => expectRejection(() => holds(wrong), code, reason);

/** A path in which the authorities are otherwise, and the leaf is theirs. */
function under(changes: Parameters<typeof makeAuthorities>[0], leafChanges: ProfileOverrides = {}): Case {
  const { chain, intermediate } = makeAuthorities(changes);
  return { chain, leaf: readCertificate(makeLeaf(intermediate, leafChanges)) };
}

describe('paths that hold', () => {
  test('a leaf, an intermediate and a root', async () => {
    expect(await holds({})).toBe(true);
  });

  test.each(['P-256', 'P-384', 'P-521', 'Ed25519'] as const)('authorities with keys of the kind %s', async (kind) => {
    expect(await holds(under({ kind }))).toBe(true);
  });

  test.each(['sha256', 'sha384', 'sha512'] as const)(
    'a signature with %s, whatever the curve',
    async (signatureHash) => {
      expect(await holds({ leaf: leafWith({ signatureHash }) })).toBe(true);
      expect(await holds(under({ kind: 'P-256' }, { signatureHash }))).toBe(true);
    },
  );

  test('a root that issued the leaf itself', async () => {
    const { root, chain } = right;
    expect(await holds({ leaf: readCertificate(makeLeaf(root)), chain: chain.slice(1) })).toBe(true);
  });

  test.each(['rekor2-happy-path', 'rekor2-checkpoint-cosigned'])('the real one of %s', async (name) => {
    const leaf = readCertificate(certificateOf(readBundle(fixture(`vectors/${name}.json`))));
    const [authority] = readTrustedRoot(fixture(`vectors/${name}.root.json`)).certificateAuthorities;
    const chain = authority?.chain ?? [];
    expect(await holds({ leaf, chain, times: [leaf.notBefore, leaf.notAfter] })).toBe(true);
    await refused(
      { leaf, chain, times: [seconds(leaf.notAfter, 1)] },
      'CERTIFICATE_OUTSIDE_VALIDITY',
      /^the leaf certificate is valid from/,
    );
    await refused(
      { leaf, chain: right.chain, times: [leaf.notBefore] },
      'CERTIFICATE_UNTRUSTED',
      /was issued by another authority/,
    );
  });
});

describe('times', () => {
  test('both ends belong to the validity', async () => {
    expect(await holds({ times: [leafStart, leafEnd] })).toBe(true);
    const long = leafWith({ notBefore: new Date('2020-01-01T00:00:00Z'), notAfter: new Date('2040-01-01T00:00:00Z') });
    expect(await holds({ leaf: long, times: [authorityStart, authorityEnd] })).toBe(true);
  });

  test.each([
    ['a second before', seconds(leafStart, -1)],
    ['a second after', seconds(leafEnd, 1)],
    ['a millisecond before', new Date(leafStart.getTime() - 1)],
    ['a millisecond after', new Date(leafEnd.getTime() + 1)],
  ])('a leaf used %s its validity', async (_, time) => {
    await refused(
      { times: [time] },
      'CERTIFICATE_OUTSIDE_VALIDITY',
      /^the leaf certificate is valid from .* but was used at/,
    );
  });

  test('one time of several is enough, wherever it stands', async () => {
    await refused({ times: [used, seconds(leafEnd, 1)] }, 'CERTIFICATE_OUTSIDE_VALIDITY', /leaf/);
    await refused({ times: [seconds(leafStart, -1), used] }, 'CERTIFICATE_OUTSIDE_VALIDITY', /leaf/);
  });

  test.each([
    ['intermediate', 1],
    ['root', 2],
  ] as const)('an %s that has expired, or is not yet valid', async (which, depth) => {
    const name = new RegExp(`^certificate ${depth} of the authority is valid from`);
    await refused(under({ [which]: { notAfter: seconds(used, -1) } }), 'CERTIFICATE_OUTSIDE_VALIDITY', name);
    await refused(under({ [which]: { notBefore: seconds(used, 1) } }), 'CERTIFICATE_OUTSIDE_VALIDITY', name);
    expect(await holds(under({ [which]: { notBefore: used, notAfter: used } }))).toBe(true);
  });

  test('no time at all proves nothing', async () => {
    await refused({ times: [] }, 'TIMESTAMP_MISSING', /no verified time/);
  });
});

describe('the leaf', () => {
  const codeSigning = keyPurposes.codeSigning;

  test.each<[string, ProfileOverrides, RegExp]>([
    [
      'no extended key usage',
      { extendedKeyUsage: undefined },
      /lacks the extended key usage 1\.3\.6\.1\.5\.5\.7\.3\.3/,
    ],
    [
      'another extended key usage',
      { extendedKeyUsage: { critical: false, purposes: [keyPurposes.serverAuth] } },
      /lacks the extended key usage/,
    ],
    [
      'any extended key usage',
      { extendedKeyUsage: { critical: false, purposes: [keyPurposes.anyExtendedKeyUsage] } },
      /lacks the extended key usage/,
    ],
    ['no key usage', { keyUsage: undefined }, /lacks the key usage digitalSignature/],
    ['another key usage', { keyUsage: ['keyEncipherment'] }, /lacks the key usage digitalSignature/],
    ['the key usage of an authority', { keyUsage: ['keyCertSign', 'cRLSign'] }, /lacks the key usage digitalSignature/],
    ['the mark of an authority', { basicConstraints: { authority: true } }, /is a CA certificate/],
    [
      'the mark of an authority, with a length',
      { basicConstraints: { authority: true, pathLength: 0 } },
      /is a CA certificate/,
    ],
    [
      'the key usage of an authority beside its own',
      { keyUsage: ['digitalSignature', 'keyCertSign'] },
      /key usage keyCertSign/,
    ],
    [
      'a limit to the path below it',
      { basicConstraints: { authority: false, pathLength: 3 } },
      /has a path length constraint but is not a CA certificate/,
    ],
  ])('with %s', async (_, changes, reason) => {
    await refused({ leaf: leafWith(changes) }, 'CERTIFICATE_PURPOSE', reason);
  });

  test('may have more purposes, and basic constraints that say no', async () => {
    const extendedKeyUsage = { critical: true, purposes: [keyPurposes.serverAuth, codeSigning] };
    expect(await holds({ leaf: leafWith({ extendedKeyUsage, basicConstraints: { authority: false } }) })).toBe(true);
  });

  test('must have the purpose that is asked for', async () => {
    await refused(
      { purpose: oids.timeStamping },
      'CERTIFICATE_PURPOSE',
      /the leaf certificate lacks the extended key usage 1\.3\.6\.1\.5\.5\.7\.3\.8/,
    );
  });
});

describe('authorities', () => {
  test('an empty chain', async () => {
    await refused({ chain: [] }, 'CERTIFICATE_UNTRUSTED', /no certificates/);
  });

  describe.each([
    ['intermediate', 1],
    ['root', 2],
  ] as const)('an %s', (which, depth) => {
    const name = `certificate ${depth} of the authority`;
    test.each<[string, ProfileOverrides, ErrorCode, string]>([
      [
        'without basic constraints',
        { basicConstraints: undefined },
        'CERTIFICATE_UNTRUSTED',
        'is not a CA certificate',
      ],
      [
        'that is no authority',
        { basicConstraints: { authority: false } },
        'CERTIFICATE_UNTRUSTED',
        'is not a CA certificate',
      ],
      [
        'that may not issue',
        { keyUsage: ['digitalSignature'] },
        'CERTIFICATE_UNTRUSTED',
        'lacks the key usage keyCertSign',
      ],
      ['that may only revoke', { keyUsage: ['cRLSign'] }, 'CERTIFICATE_UNTRUSTED', 'lacks the key usage keyCertSign'],
      [
        'for servers',
        { extendedKeyUsage: { critical: false, purposes: [keyPurposes.serverAuth] } },
        'CERTIFICATE_PURPOSE',
        'does not allow the extended key usage',
      ],
      [
        'for nothing',
        { extendedKeyUsage: { critical: false, purposes: [] } },
        'CERTIFICATE_PURPOSE',
        'does not allow the extended key usage',
      ],
    ])('%s', async (_, changes, code, reason) => {
      await refused(under({ [which]: changes }), code, new RegExp(`^${name} ${reason}`));
    });

    test.each<[string, ProfileOverrides]>([
      ['without a key usage', { keyUsage: undefined }],
      ['without an extended key usage', { extendedKeyUsage: undefined }],
      ['for any purpose', { extendedKeyUsage: { critical: false, purposes: [keyPurposes.anyExtendedKeyUsage] } }],
      ['without a limit to the path', { basicConstraints: { authority: true } }],
      ['without key identifiers', { subjectKeyIdentifier: undefined, authorityKeyIdentifier: undefined }],
    ])('%s', async (_, changes) => {
      expect(await holds(under({ [which]: changes }))).toBe(true);
    });
  });

  test('a path longer than its root allows', async () => {
    await refused(
      under({ root: { basicConstraints: { authority: true, pathLength: 0 } } }),
      'CERTIFICATE_UNTRUSTED',
      /certificate 2 of the authority allows 0 CA certificates below it, but there are 1$/,
    );
  });

  test('the root alone does not certify a leaf of an intermediate', async () => {
    await refused(
      { chain: right.chain.slice(1) },
      'CERTIFICATE_UNTRUSTED',
      /leaf certificate was issued by another authority/,
    );
  });
});

describe('a path through a part of a chain', () => {
  // As in GitHub's trusted root: a leaf of l2 is a workflow's, a leaf of l1 a release's.
  const root = makeAuthority('root', undefined, {}, 2);
  const l1 = makeAuthority('l1', root, {}, 1);
  const l2 = makeAuthority('l2', l1);
  const chain = chainOf(l2, l1, root);
  const leafOf = (issuer: CertifiedKey, changes: ProfileOverrides = {}) => readCertificate(makeLeaf(issuer, changes));
  const pathOf = async (leaf: Certificate, of: readonly Certificate[] = chain, supplied: readonly Certificate[] = []) =>
    (await verifyPath(leaf, of, [used], oids.codeSigning, supplied)).map((one) => [...of, ...supplied].indexOf(one));
  const refusedUnder = (
    leaf: Certificate,
    of: readonly Certificate[],
    code: ErrorCode,
    reason: RegExp,
    supplied: readonly Certificate[] = [],
  ) => expectRejection(() => verifyPath(leaf, of, [used], oids.codeSigning, supplied), code, reason);

  test('is returned: the issuer of the leaf first, the root last', async () => {
    expect(await pathOf(leafOf(l2))).toEqual([0, 1, 2]);
    expect(await pathOf(leafOf(l1))).toEqual([1, 2]);
    expect(await pathOf(leafOf(root))).toEqual([2]);
  });

  test('is found whatever the order of the intermediates, and ends at the last certificate', async () => {
    const shuffled = chainOf(l1, l2, root);
    expect(await pathOf(leafOf(l2), shuffled)).toEqual([1, 0, 2]);
    const pinned = chainOf(root, l2, l1);
    expect(await pathOf(leafOf(l2), pinned)).toEqual([1, 2]);
    expect(await pathOf(leafOf(l1), pinned)).toEqual([2]);
    await refusedUnder(
      leafOf(root),
      pinned,
      'CERTIFICATE_UNTRUSTED',
      /certificate 1 of the authority was issued by another authority$/,
    );
  });

  test('ignores a certificate of the chain that is not on it, and no other', async () => {
    const expired = { notAfter: seconds(used, -1) };
    const others = chainOf(makeAuthority('l2', l1, expired), l1, root);
    expect(await pathOf(leafOf(l1), others)).toEqual([1, 2]);
    const [old = l2] = [makeAuthority('l2', l1, expired)];
    await refusedUnder(
      leafOf(old),
      chainOf(old, l1, root),
      'CERTIFICATE_OUTSIDE_VALIDITY',
      /^certificate 1 of the authority/,
    );
    const oldL1 = makeAuthority('l1', root, expired, 1);
    const under = makeAuthority('l2', oldL1);
    for (const issuer of [under, oldL1])
      await refusedUnder(
        leafOf(issuer),
        chainOf(under, oldL1, root),
        'CERTIFICATE_OUTSIDE_VALIDITY',
        /certificate 2 of the authority is/,
      );
  });

  test('counts the authorities below each', async () => {
    const short = makeAuthority('l1', root, {}, 0);
    const below = makeAuthority('l2', short);
    expect(await pathOf(leafOf(short), chainOf(below, short, root))).toEqual([1, 2]);
    await refusedUnder(
      leafOf(below),
      chainOf(below, short, root),
      'CERTIFICATE_UNTRUSTED',
      /certificate 2 of the authority allows 0 CA certificates below it, but there are 1$/,
    );
    // The one that is pinned twice counts once: the shortest path is taken.
    const cross = makeAuthority('l2', root, {
      publicKey: below.key.publicKey,
      subjectKeyIdentifier: below.key.keyIdentifier,
    });
    expect(await pathOf(leafOf(below), chainOf(below, cross, short, root))).toEqual([1, 3]);
  });

  test.each<[string, ProfileOverrides, ErrorCode, RegExp]>([
    [
      'is for servers',
      { extendedKeyUsage: { critical: false, purposes: [keyPurposes.serverAuth] } },
      'CERTIFICATE_PURPOSE',
      /certificate 2 of the authority does not allow/,
    ],
    [
      'lacks the key usage keyCertSign',
      { keyUsage: ['digitalSignature'] },
      'CERTIFICATE_UNTRUSTED',
      /certificate 2 of the authority lacks the key usage/,
    ],
    [
      'is not a CA certificate',
      { basicConstraints: undefined },
      'CERTIFICATE_UNTRUSTED',
      /certificate 2 of the authority is not a CA certificate/,
    ],
    [
      'has name constraints',
      { additionalExtensions: [extension('2.5.29.30', der.sequence())] },
      'CERTIFICATE_UNTRUSTED',
      /certificate 2 of the authority has name constraints/,
    ],
  ])('does not go through an intermediate that %s, wherever it begins', async (_, changes, code, reason) => {
    const wrong = makeAuthority('l1', root, changes, 1);
    const below = makeAuthority('l2', wrong);
    for (const issuer of [below, wrong]) await refusedUnder(leafOf(issuer), chainOf(below, wrong, root), code, reason);
  });

  test('does not begin with an authority, nor go through a leaf', async () => {
    await refusedUnder(
      readCertificate(l1.certificate),
      chain,
      'CERTIFICATE_PURPOSE',
      /leaf certificate is a CA certificate/,
    );
    const subject = { commonName: 'a leaf' };
    const { publicKey, keyIdentifier } = l2.key;
    const certificate = makeLeaf(l1, { subject, publicKey, subjectKeyIdentifier: keyIdentifier });
    const between = { certificate, profile: { ...l2.profile, subject }, key: l2.key };
    const [issued, [pinned]] = [leafOf(between), chainOf(between)];
    if (pinned === undefined) throw new Error('there is one');
    const reason =
      /^(?:certificate 1 of the authority|intermediate certificate 1 of the bundle) is not a CA certificate$/;
    await refusedUnder(issued, [pinned, ...chain.slice(1)], 'CERTIFICATE_UNTRUSTED', reason);
    await refusedUnder(issued, chain, 'CERTIFICATE_UNTRUSTED', reason, [pinned]);
  });

  test('does not cross into another chain', async () => {
    const stranger = makeAuthority('stranger', undefined, {}, 2);
    const theirs = makeAuthority('l1', stranger, {}, 1);
    const mixed = chainOf(theirs, root);
    await refusedUnder(
      leafOf(theirs),
      mixed,
      'CERTIFICATE_UNTRUSTED',
      /certificate 1 of the authority was issued by another authority$/,
    );
    const namesake = makeAuthority('root', undefined, {}, 2);
    const signedByNamesake = makeAuthority('l1', namesake, { authorityKeyIdentifier: undefined }, 1);
    await refusedUnder(
      leafOf(signedByNamesake),
      chainOf(signedByNamesake, root),
      'CERTIFICATE_UNTRUSTED',
      /certificate 1 of the authority was not signed/,
    );
  });

  test('is found among authorities of one name', async () => {
    const namesakes = [1, 2, 3].map(() => makeAuthority('l2', l1));
    for (const [index, one] of namesakes.entries())
      expect(await pathOf(leafOf(one), chainOf(...namesakes, l1, root))).toEqual([index, 3, 4]);
    const unknown = makeAuthority('l2', l1);
    await refusedUnder(
      leafOf(unknown),
      chainOf(...namesakes, l1, root),
      'CERTIFICATE_UNTRUSTED',
      /authority key identifier/,
    );
  });

  test('ends, however many authorities certify one another', async () => {
    const subject = { commonName: 'x' };
    const key = makeAuthority('x', undefined, {}, 60);
    // Each of them may have issued each other one: without a limit, there would be more paths than could ever be tried.
    const loop = Array.from({ length: 60 }, () =>
      makeAuthority('x', key, { publicKey: key.key.publicKey, subjectKeyIdentifier: key.key.keyIdentifier }, 60),
    );
    const leaf = readCertificate(makeLeaf({ ...key, profile: { ...key.profile, subject } }));
    await refusedUnder(leaf, chainOf(...loop, root), 'CERTIFICATE_UNTRUSTED', /was issued by another authority$/);
  });

  test('may begin where the names and the key identifiers agree', () => {
    const [leaf, [issuer, namesake, other]] = [leafOf(l1), chainOf(l1, makeAuthority('l1', root), l2)];
    if (issuer === undefined || namesake === undefined || other === undefined) throw new Error('there are three');
    const withoutKey = { ...namesake, subjectKeyIdentifier: undefined };
    expect([issuer, namesake, other, withoutKey].map((one) => mayHaveIssued(one, leaf))).toEqual([
      true,
      false,
      false,
      true,
    ]);
    expect(mayHaveIssued({ ...issuer, subject: other.subject }, leaf)).toBe(false);
    expect(mayHaveIssued(namesake, { ...leaf, authorityKeyIdentifier: undefined })).toBe(true);
  });

  describe('with intermediates that were supplied', () => {
    const [pinned] = [chainOf(root)];

    test('holds if it ends at the root', async () => {
      expect(await pathOf(leafOf(l1), pinned, chainOf(l1))).toEqual([1, 0]);
      expect(await pathOf(leafOf(l2), pinned, chainOf(l2, l1))).toEqual([1, 2, 0]);
      expect(await pathOf(leafOf(l2), pinned, chainOf(root, l1, l2))).toEqual([3, 2, 0]);
    });

    test.each<[string, ProfileOverrides, ErrorCode, RegExp]>([
      [
        'that has expired',
        { notAfter: seconds(used, -1) },
        'CERTIFICATE_OUTSIDE_VALIDITY',
        /intermediate certificate 1 of the bundle is valid/,
      ],
      [
        'that is no authority',
        { basicConstraints: { authority: false } },
        'CERTIFICATE_UNTRUSTED',
        /of the bundle is not a CA certificate/,
      ],
      [
        'without basic constraints',
        { basicConstraints: undefined },
        'CERTIFICATE_UNTRUSTED',
        /of the bundle is not a CA certificate/,
      ],
      ['that may not issue', { keyUsage: ['cRLSign'] }, 'CERTIFICATE_UNTRUSTED', /of the bundle lacks the key usage/],
      [
        'for servers',
        { extendedKeyUsage: { critical: false, purposes: [keyPurposes.serverAuth] } },
        'CERTIFICATE_PURPOSE',
        /of the bundle does not allow/,
      ],
      [
        'with name constraints',
        { additionalExtensions: [extension('2.5.29.30', der.sequence(), true)] },
        'CERTIFICATE_UNTRUSTED',
        /of the bundle has name constraints/,
      ],
      [
        'signed by another',
        { signingKey: generateSigningKey('P-256') },
        'CERTIFICATE_UNTRUSTED',
        /of the bundle was not signed by its issuer/,
      ],
      [
        'of another root',
        { issuer: { commonName: 'toor' } },
        'CERTIFICATE_UNTRUSTED',
        /of the bundle was issued by another authority/,
      ],
    ])('does not hold with one %s', async (_, changes, code, reason) => {
      const wrong = makeAuthority('l1', root, changes, 1);
      await refusedUnder(leafOf(wrong), pinned, code, reason, chainOf(wrong));
    });

    test('does not end at a root that was supplied as well', async () => {
      const own = makeAuthority('root', undefined, {}, 2);
      const below = makeAuthority('l1', own, {}, 1);
      for (const supplied of [chainOf(below, own), chainOf(own, below)])
        await refusedUnder(
          leafOf(below),
          pinned,
          'CERTIFICATE_UNTRUSTED',
          /authority key identifier|not signed/,
          supplied,
        );
    });

    test('does not go past the length that the root allows', async () => {
      const deep = [makeAuthority('a', root, {}, 3)];
      for (const name of ['b', 'c', 'd']) deep.unshift(makeAuthority(name, deep[0], {}, 3));
      const [issuer = root] = deep;
      await refusedUnder(
        leafOf(issuer),
        pinned,
        'CERTIFICATE_UNTRUSTED',
        /certificate 1 of the authority allows 2 CA certificates below it, but there are 4$/,
        chainOf(...deep),
      );
    });
  });
});

describe('critical extensions', () => {
  const unknown = [extension('1.2.3.4', der.null(), true)];

  test('that are not understood, in the leaf and in each authority', async () => {
    await refused(
      { leaf: leafWith({ additionalExtensions: unknown }) },
      'CERTIFICATE_UNTRUSTED',
      /^the leaf certificate has the unknown critical extension 1\.2\.3\.4/,
    );
    await refused(
      under({ intermediate: { additionalExtensions: unknown } }),
      'CERTIFICATE_UNTRUSTED',
      /certificate 1 of the authority has the unknown critical extension 1\.2\.3\.4/,
    );
    await refused(
      under({ root: { additionalExtensions: unknown } }),
      'CERTIFICATE_UNTRUSTED',
      /certificate 2 of the authority has the unknown critical extension 1\.2\.3\.4/,
    );
  });

  test('name constraints, which would have to be kept', async () => {
    const constraints = [extension('2.5.29.30', der.sequence(), true)];
    await refused(
      under({ intermediate: { additionalExtensions: constraints } }),
      'CERTIFICATE_UNTRUSTED',
      /2\.5\.29\.30/,
    );
  });

  const constraints = {
    'name constraints that exclude a host': [
      '2.5.29.30',
      der.sequence(der.context(1, der.sequence(der.contextPrimitive(6, utf8('github.com'))))),
    ],
    'name constraints that permit a host': [
      '2.5.29.30',
      der.sequence(der.context(0, der.sequence(der.contextPrimitive(6, utf8('github.com'))))),
    ],
    'name constraints without a name': ['2.5.29.30', der.sequence()],
    'name constraints that cannot be read': ['2.5.29.30', utf8('x')],
    'policy constraints': ['2.5.29.36', der.sequence(der.contextPrimitive(0, new Uint8Array([0])))],
    'an inhibitAnyPolicy extension': ['2.5.29.54', der.integer(0)],
  } as const;

  describe.each(Object.entries(constraints))('%s', (name, [oid, value]) => {
    const kind = name.replace(/ that .*| without .*/, '');
    test.each([true, false])('are refused wherever they are, critical: %j', async (critical) => {
      const additionalExtensions = [extension(oid, value, critical)];
      const reason = (depth: string) =>
        new RegExp(`${depth} has ${kind} \\(${oid}\\), which Countersign does not support`);
      for (const [changed, depth] of [
        [under({ intermediate: { additionalExtensions } }), 'certificate 1 of the authority'],
        [under({ root: { additionalExtensions } }), 'certificate 2 of the authority'],
        [{ leaf: leafWith({ additionalExtensions }) }, 'the leaf certificate'],
      ] as const)
        await refused(changed, 'CERTIFICATE_UNTRUSTED', reason(depth));
    });
  });

  test('certificate policies and policy mappings, which constrain nothing by themselves', async () => {
    const policies = extension('2.5.29.32', der.sequence(der.sequence(der.oid('1.2.3'))));
    const mappings = extension('2.5.29.33', der.sequence(der.sequence(der.oid('1.2.3'), der.oid('1.2.4'))));
    expect(await holds(under({ intermediate: { additionalExtensions: [policies, mappings] } }))).toBe(true);
  });

  test('that are understood, and others that are not critical', async () => {
    const leaf = leafWith({
      extendedKeyUsage: { critical: true, purposes: [keyPurposes.codeSigning] },
      basicConstraints: { authority: false },
      additionalExtensions: [extension('1.2.3.4', der.null())],
    });
    expect([...leaf.extensions.values()].filter(({ critical }) => critical)).toHaveLength(4);
    expect(await holds({ leaf })).toBe(true);
  });

  test.each([true, false])('the poison of a precertificate, critical: %j', async (critical) => {
    const leaf = leafWith({ additionalExtensions: [extension(oids.precertificatePoison, der.null(), critical)] });
    await refused({ leaf }, 'CERTIFICATE_UNTRUSTED', /^the leaf certificate is a precertificate$/);
  });
});

describe('who issued whom', () => {
  const stranger = makeAuthorities();

  test('a leaf that names another issuer', async () => {
    await refused(
      { leaf: leafWith({ issuer: { commonName: 'intermediat' } }) },
      'CERTIFICATE_UNTRUSTED',
      /^the leaf certificate was issued by another authority$/,
    );
    await refused(
      { leaf: leafWith({ issuer: {} }) },
      'CERTIFICATE_UNTRUSTED',
      /^the leaf certificate was issued by another authority$/,
    );
  });

  test('a leaf that names another key of its issuer', async () => {
    const leaf = leafWith({ authorityKeyIdentifier: new Uint8Array(20) });
    await refused(
      { leaf },
      'CERTIFICATE_UNTRUSTED',
      /^the authority key identifier of the leaf certificate does not match its issuer$/,
    );
  });

  test('an intermediate that names another root, or another key of the root', async () => {
    await refused(
      under({ intermediate: { issuer: { commonName: 'toor' } } }),
      'CERTIFICATE_UNTRUSTED',
      /certificate 1 of the authority was issued by another authority$/,
    );
    await refused(
      under({ intermediate: { authorityKeyIdentifier: new Uint8Array(20) } }),
      'CERTIFICATE_UNTRUSTED',
      /authority key identifier of certificate 1/,
    );
  });

  test('a leaf that names no key of its issuer', async () => {
    expect(await holds({ leaf: leafWith({ authorityKeyIdentifier: undefined }) })).toBe(true);
  });

  test('a leaf signed by somebody with the same name', async () => {
    await refused(
      { leaf: leafWith({ signingKey: stranger.intermediate.key }) },
      'CERTIFICATE_UNTRUSTED',
      /^the leaf certificate was not signed by its issuer$/,
    );
  });

  test('a leaf signed by the root, or by itself', async () => {
    await refused(
      { leaf: leafWith({ signingKey: right.root.key }) },
      'CERTIFICATE_UNTRUSTED',
      /leaf certificate was not signed/,
    );
    await refused(
      { leaf: leafWith({ signingKey: generateSigningKey('P-384') }) },
      'CERTIFICATE_UNTRUSTED',
      /leaf certificate was not signed/,
    );
  });

  test('an intermediate signed by somebody with the name of the root', async () => {
    await refused(
      under({ intermediate: { signingKey: stranger.root.key } }),
      'CERTIFICATE_UNTRUSTED',
      /certificate 1 of the authority was not signed by its issuer/,
    );
  });

  test('a leaf of which one byte was changed', async () => {
    const bytes = makeLeaf(right.intermediate).slice();
    const at = Buffer.from(bytes).indexOf('a@example.test');
    bytes[at] = 0x62;
    await refused({ leaf: readCertificate(bytes) }, 'CERTIFICATE_UNTRUSTED', /leaf certificate was not signed/);
  });

  test('a signature with another hash than the algorithm says', async () => {
    const { key } = right.intermediate;
    const liar: SigningKey = { ...key, sign: (message) => key.sign(message, 'sha512') };
    await refused({ leaf: leafWith({ signingKey: liar }) }, 'CERTIFICATE_UNTRUSTED', /leaf certificate was not signed/);
  });

  test('a signature of another kind than the algorithm says, though it is right', async () => {
    const { intermediate, chain } = makeAuthorities({ kind: 'Ed25519' });
    const bytes = makeLeaf(intermediate);
    expect(await holds({ leaf: readCertificate(bytes), chain })).toBe(true);
    const ecdsa = der.sequence(der.oid('1.2.840.10045.4.3.2'));
    const leaf = readCertificate(
      resigned(bytes, intermediate.key, (fields) => fields.with(field.signature, ecdsa), ecdsa),
    );
    await refused({ leaf, chain }, 'CERTIFICATE_UNTRUSTED', /leaf certificate was not signed/);
  });

  test('an algorithm that we do not verify with', async () => {
    const sha1 = der.sequence(der.oid('1.2.840.113549.1.1.5'), der.null());
    await refused({ leaf: signedWith(sha1) }, 'KEY_UNSUPPORTED', /1\.2\.840\.113549\.1\.1\.5/);
  });

  test('an algorithm of RSA, where the issuer has another key', async () => {
    const rsa = der.sequence(der.oid('1.2.840.113549.1.1.11'), der.null());
    await refused({ leaf: signedWith(rsa) }, 'CERTIFICATE_UNTRUSTED', /leaf certificate was not signed/);
  });

  test('an algorithm of RSA that names no hash, which a certificate has no other place for', async () => {
    const key = rsaKey(2048);
    const none = der.sequence(der.oid('1.2.840.113549.1.1.1'), der.null());
    const bytes = resigned(makeLeaf(right.intermediate), key, (fields) => fields.with(field.signature, none), none);
    const [issuer, root] = right.chain;
    if (issuer === undefined || root === undefined) throw new Error('the chain has both');
    const chain = [{ ...issuer, publicKey: readPublicKey(key.publicKey) }, root];
    await refused({ leaf: readCertificate(bytes), chain }, 'KEY_UNSUPPORTED', /does not specify a hash/);
  });

  test('an RSA key, with which a real authority of a private instance has signed', async () => {
    const leaf = readCertificate(certificateOf(readBundle(fixture('vectors/bundle-with-sct-with-extensions.json'))));
    const [authority] = readTrustedRoot(
      fixture('vectors/bundle-with-sct-with-extensions.root.json'),
    ).certificateAuthorities;
    const chain = authority?.chain ?? [];
    expect(chain[0]?.publicKey.kind).toBe('rsa');
    expect(await holds({ leaf, chain, times: [leaf.notBefore] })).toBe(true);
    const other = { ...leaf, signature: leaf.signature.with(9, (leaf.signature[9] ?? 0) ^ 1) };
    await refused({ leaf: other, chain, times: [leaf.notBefore] }, 'CERTIFICATE_UNTRUSTED', /not signed by its issuer/);
  });

  function signedWith(algorithm: Uint8Array): Certificate {
    const { intermediate } = right;
    const bytes = makeLeaf(intermediate);
    return readCertificate(
      resigned(bytes, intermediate.key, (fields) => fields.with(field.signature, algorithm), algorithm),
    );
  }
});
