import { describe, expect, test } from '@jest/globals';
import { type Bundle, differentPart, readBundle, upgradeBundle, writeBundle } from '../../../src/core/bundle/index.ts';
import { digest } from '../../../src/core/crypto/index.ts';
import { utf8 } from '../../../src/core/encoding/index.ts';
import {
  artifact,
  bodiesV1,
  Instance,
  inVersion,
  submittedPem,
  withEntries,
  withEntry,
  withProof,
} from '../../kit/instance.ts';
import { olderBundleText } from '../../kit/older-files.ts';

const instance = new Instance();
const signed = instance.sign();
const logged = withEntries(
  signed,
  instance.loggedV1('hashedrekord', bodiesV1.hashedrekord(signed, submittedPem(signed))),
);
const attested = instance.attest();
const managed = instance.sign({ managed: true });

describe('upgradeBundle', () => {
  test.each(['0.1', '0.2'] as const)('writes a bundle of version %s as version 0.3, with the leaf alone', (version) => {
    const chain = instance.certificateAuthority.chain;
    const older = readBundle(olderBundleText(logged, { version, chain, withoutDigest: true }));
    expect(older.signer).toHaveProperty('others');
    const newer = readBundle(writeBundle(upgradeBundle(older, digest('sha256', artifact))));
    expect(newer).toEqual(logged);
    expect(differentPart(older, newer)).toBeUndefined();
  });

  test('keeps statements, keys and the digest that the signer states', () => {
    for (const bundle of [attested, managed, logged]) {
      expect(upgradeBundle(inVersion(bundle, '0.2'), digest('sha256', utf8('another')))).toEqual(bundle);
    }
  });

  test('refuses an entry without a proof', () => {
    const older = withEntry(inVersion(logged, '0.1'), () => ({ inclusionProof: undefined }));
    expect(() => upgradeBundle(older, undefined)).toThrow('no inclusion proof');
  });
});

describe('differentPart', () => {
  const bytes = new Uint8Array([1]);
  const withContent = (bundle: Bundle, change: object): Bundle => ({
    ...bundle,
    content: { ...bundle.content, ...change },
  });

  test.each<[string, Bundle, Bundle, string]>([
    ['certificate', logged, { ...logged, signer: { kind: 'certificate', certificate: bytes } }, 'certificate'],
    ['kind of signer', logged, { ...logged, signer: { kind: 'public-key', hint: '' } }, 'certificate'],
    ['key hint', managed, { ...managed, signer: { kind: 'public-key', hint: 'another' } }, 'key'],
    ['certificate in place of a key', managed, { ...managed, signer: logged.signer }, 'key'],
    ['signature', logged, withContent(logged, { signature: bytes }), 'signature'],
    ['message digest', logged, withContent(logged, { messageDigest: digest('sha256', bytes) }), 'signature'],
    ['no message digest', logged, withContent(logged, { messageDigest: undefined }), 'signature'],
    ['kind of content', logged, { ...attested, signer: logged.signer }, 'signature'],
    [
      'statement in place of an artifact',
      withContent(logged, { messageDigest: undefined }),
      { ...logged, content: { ...attested.content, signature: logged.content.signature } },
      'signature',
    ],
    [
      'artifact in place of a statement',
      attested,
      {
        ...attested,
        content: { kind: 'message-signature', messageDigest: undefined, signature: attested.content.signature },
      },
      'signature',
    ],
    ['payload', attested, withContent(attested, { payload: bytes }), 'signature'],
    ['payload type', attested, withContent(attested, { payloadType: 'text/plain' }), 'signature'],
    ['timestamp', logged, { ...logged, timestamps: [bytes] }, 'timestamps'],
    ['no timestamp', logged, { ...logged, timestamps: [] }, 'timestamps'],
    ['no entry', logged, { ...logged, logEntries: [] }, 'log entries'],
    ['index', logged, withEntry(logged, () => ({ logIndex: 1n })), 'log entries'],
    ['time', logged, withEntry(logged, () => ({ integratedTime: 1n })), 'log entries'],
    ['kind of entry', logged, withEntry(logged, () => ({ kind: 'dsse' })), 'log entries'],
    ['version of an entry', logged, withEntry(logged, () => ({ version: '0.0.2' })), 'log entries'],
    ['log', logged, withEntry(logged, () => ({ logKeyId: bytes })), 'log entries'],
    ['body', logged, withEntry(logged, () => ({ canonicalizedBody: bytes })), 'log entries'],
    ['promise', logged, withEntry(logged, () => ({ signedEntryTimestamp: bytes })), 'log entries'],
    ['no promise', logged, withEntry(logged, () => ({ signedEntryTimestamp: undefined })), 'log entries'],
    ['no proof', logged, withEntry(logged, () => ({ inclusionProof: undefined })), 'log entries'],
    ['index in a proof', logged, withProof(logged, () => ({ logIndex: 1n })), 'log entries'],
    ['size of a tree', logged, withProof(logged, () => ({ treeSize: 1n })), 'log entries'],
    ['checkpoint', logged, withProof(logged, () => ({ checkpoint: '' })), 'log entries'],
    ['root hash', logged, withProof(logged, () => ({ rootHash: bytes })), 'log entries'],
    ['hashes', logged, withProof(logged, () => ({ hashes: [] })), 'log entries'],
  ])('finds another %s', (_, older, newer, part) => {
    expect(differentPart(older, newer)).toContain(part);
  });

  test('accepts a proof and a digest that the older bundle lacks', () => {
    const older = withContent(
      withEntry(logged, () => ({ inclusionProof: undefined })),
      { messageDigest: undefined },
    );
    expect(differentPart(older, logged)).toBeUndefined();
  });
});
