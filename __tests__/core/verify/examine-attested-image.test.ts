/** Signatures on attestation manifests: each way in which one could pass for a signature on another image. */

import { describe, expect, test } from '@jest/globals';
import type { Bundle } from '../../../src/core/bundle/index.ts';
import { type Digest, digest, formatDigest } from '../../../src/core/crypto/index.ts';
import { encodeHex, utf8 } from '../../../src/core/encoding/index.ts';
import {
  type ErrorCode,
  type Examination,
  exactly,
  examineAttestedImage,
  type Policy,
} from '../../../src/core/verify/index.ts';
import { Instance, now, policy } from '../../kit/instance.ts';
import { failure } from '../../services/loopback.ts';

const instance = new Instance();
const trust = instance.trust();
const image = digest('sha256', utf8('the manifest of an image'));
const other = digest('sha256', utf8('the manifest of another image'));
const manifest = digest('sha256', utf8('an attestation manifest'));
const signatureType = 'https://sigstore.dev/cosign/sign/v1';
const provenance = 'https://slsa.dev/provenance/v1';
const sbom = 'https://spdx.dev/Document';

function statement(about: Digest, predicateType: string, predicate: object = {}): Uint8Array<ArrayBuffer> {
  const subject = [{ name: 'app', digest: { sha256: encodeHex(about.bytes) } }];
  return utf8(JSON.stringify({ _type: 'https://in-toto.io/Statement/v0.1', subject, predicateType, predicate }));
}

const signature = (about: Digest = manifest, type: string = signatureType): Bundle =>
  instance.attest(statement(about, type));

const both = [statement(image, sbom), statement(image, provenance)];

interface Options {
  readonly bundle?: Bundle;
  readonly document?: Uint8Array;
  readonly statements?: readonly Uint8Array[];
  readonly who?: Policy;
}

const examined = ({ bundle = signature(), document, statements = both, who = policy }: Options = {}) =>
  examineAttestedImage(bundle, document, { digest: manifest, statements }, image, trust, who, now);

async function expectFailure(options: Options, code: ErrorCode): Promise<Examination> {
  const found = await examined(options);
  expect(found.verdict).toBeUndefined();
  expect(found.failure).toMatchObject({ code });
  return found;
}

const outcomeOf = ({ criteria }: Examination, wanted: string) => criteria.find(({ name }) => name === wanted)?.outcome;
const expecting = (content: Policy['content']): Policy => ({ ...policy, content });

test('passes for the image that all statements are about, and names the first of them', async () => {
  const found = await examined();
  expect(found).toMatchObject({
    failure: undefined,
    verdict: { signer: { kind: 'identity' }, content: { digest: image, statement: { predicateType: sbom } } },
  });
  expect(found.criteria.find(({ name }) => name === 'image')).toMatchObject({
    outcome: 'pass',
    expected: formatDigest(image),
    found: `2 statements in the attestation manifest ${formatDigest(manifest)}`,
  });
});

describe('fails', () => {
  test('if the signature is over another manifest, even the image', async () => {
    for (const about of [other, image]) {
      const found = await expectFailure({ bundle: signature(about) }, 'ARTIFACT_MISMATCH');
      expect(outcomeOf(found, 'image')).toBe('not-checked');
    }
  });

  test('if one statement is about another image, or there is none', async () => {
    await expectFailure({ statements: [statement(image, sbom), statement(other, provenance)] }, 'ARTIFACT_MISMATCH');
    await expectFailure({ statements: [statement(other, sbom)] }, 'ARTIFACT_MISMATCH');
    await expectFailure({ statements: [] }, 'ARTIFACT_MISMATCH');
  });

  test('if a statement cannot be read', async () => {
    const found = await expectFailure({ statements: [...both, utf8('{}')] }, 'STATEMENT_INVALID');
    expect(found.failure?.message).toContain('statement 3 of the attestation manifest');
  });

  test('if the signed statement is more than a signature, or none', async () => {
    await expectFailure({ bundle: signature(manifest, provenance) }, 'PREDICATE_TYPE_MISMATCH');
    const { content, ...rest } = instance.sign({ signed: utf8('an attestation manifest') });
    if (content.kind !== 'message-signature') throw new Error('a signature was wanted');
    const message = { ...rest, content: { ...content, messageDigest: undefined } };
    await expectFailure({ bundle: message }, 'PREDICATE_TYPE_MISMATCH');
  });

  test('for another signer, and nothing that it signed is read', async () => {
    const found = await expectFailure({ statements: [utf8('{}')], bundle: signature(other) }, 'ARTIFACT_MISMATCH');
    expect(outcomeOf(found, 'image')).toBe('not-checked');
  });
});

describe('expectations of the content', () => {
  test('are those of one statement', async () => {
    for (const type of [sbom, provenance]) {
      const found = await examined({ who: expecting({ predicateType: exactly(type) }) });
      expect(found.verdict?.content).toMatchObject({ statement: { predicateType: type } });
    }
    await expectFailure({ who: expecting({ predicateType: exactly(signatureType) }) }, 'PREDICATE_TYPE_MISMATCH');
    await expectFailure({ who: expecting({ subjectName: exactly('another') }) }, 'SUBJECT_NAME_MISMATCH');
  });

  test('of predicates are judged too', async () => {
    const built = statement(image, provenance, {
      buildDefinition: { buildType: 'https://example.test/type' },
      runDetails: { builder: { id: 'https://builder.example.test' } },
    });
    const builder = (id: string) => expecting({ predicate: [{ kind: 'builder-id', expected: [exactly(id)] }] });
    const statements = [statement(image, sbom), built];
    expect((await examined({ statements, who: builder('https://builder.example.test') })).failure).toBeUndefined();
    await expectFailure({ statements, who: builder('https://builder.example.com') }, 'PREDICATE_MISMATCH');
    await expectFailure({ who: builder('https://builder.example.test') }, 'PREDICATE_MISMATCH');
  });

  test('are met by no statement if one contradicts the certificate', async () => {
    const workflow = { repository: 'https://github.com/someone/else', ref: 'refs/heads/main', path: 'a.yml' };
    const forged = statement(image, provenance, {
      buildDefinition: {
        buildType: 'https://actions.github.io/buildtypes/workflow/v1',
        externalParameters: { workflow },
      },
    });
    await expectFailure({ statements: [statement(image, sbom), forged] }, 'PROVENANCE_MISMATCH');
  });

  test('are validated', async () => {
    const empty = expecting({ predicateType: { kind: 'exact', value: '' } });
    expect(await failure(examined({ who: empty }))).toMatchObject({ code: 'POLICY_INVALID' });
  });
});
