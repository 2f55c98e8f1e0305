import { describe, expect, test } from '@jest/globals';
import { readBundle } from '../../../src/core/bundle/index.ts';
import {
  type FulcioClaims,
  fulcioExtensionArcs,
  readCertificate,
  readFulcioClaims,
  readOlderFulcioClaims,
} from '../../../src/core/certificate/index.ts';
import { concatBytes, der, utf8 } from '../../../src/core/encoding/index.ts';
import { certificateOf, fixture } from '../bundle/vectors.ts';
import { expectFailure } from '../errors/failure.ts';
import { extension, makeAuthorities, makeLeaf } from './made.ts';

const { intermediate } = makeAuthorities();
const oid = (arc: number) => `1.3.6.1.4.1.57264.1.${arc}`;
const claimsOf = (...extensions: readonly ReturnType<typeof extension>[]) =>
  readFulcioClaims(readCertificate(makeLeaf(intermediate, { additionalExtensions: extensions })));

describe('the claims of a real certificate', () => {
  const repository = 'https://github.com/sigstore-conformance/extremely-dangerous-public-oidc-beacon';
  const workflow = `${repository}/.github/workflows/extremely-dangerous-oidc-beacon.yml@refs/heads/main`;
  const commit = '9739798945b2a848e911bcf1dddb97298cade0b1';

  test('are all there, each under its name', () => {
    const certificate = certificateOf(readBundle(fixture('vectors/rekor2-happy-path.json')));
    const expected: FulcioClaims = {
      issuer: 'https://token.actions.githubusercontent.com',
      buildSignerUri: workflow,
      buildSignerDigest: commit,
      runnerEnvironment: 'github-hosted',
      sourceRepositoryUri: repository,
      sourceRepositoryDigest: commit,
      sourceRepositoryRef: 'refs/heads/main',
      sourceRepositoryIdentifier: '632596897',
      sourceRepositoryOwnerUri: 'https://github.com/sigstore-conformance',
      sourceRepositoryOwnerIdentifier: '131804563',
      buildConfigUri: workflow,
      buildConfigDigest: commit,
      buildTrigger: 'workflow_dispatch',
      runInvocationUri: `${repository}/actions/runs/15609877086/attempts/1`,
      sourceRepositoryVisibility: 'public',
    };
    expect(readFulcioClaims(readCertificate(certificate))).toEqual(expected);
  });
});

describe('made certificates', () => {
  test.each(Object.entries(fulcioExtensionArcs))('%s is the extension .%d', (claim, arc) => {
    expect(claimsOf(extension(oid(arc), der.utf8String(`value of ${arc}, ünd`)))).toEqual({
      [claim]: `value of ${arc}, ünd`,
    });
  });

  test('the arcs are 8 to 24', () => {
    expect(Object.values(fulcioExtensionArcs)).toEqual(Array.from({ length: 17 }, (_, i) => i + 8));
  });

  test('a certificate without any', () => {
    expect(claimsOf()).toEqual({});
  });

  test('a long value, whose length takes two bytes', () => {
    const uri = `https://github.com/${'a'.repeat(300)}`;
    expect(claimsOf(extension(oid(9), der.utf8String(uri))).buildSignerUri).toBe(uri);
  });

  test.each([
    ['the raw text, as .1 to .6 have it', utf8('value'), /expected tag 0xc/],
    ['a PrintableString', der.printableString('value'), /expected tag 0xc, found 0x13/],
    ['bytes after it', concatBytes(der.utf8String('value'), der.null()), /unexpected data after the end/],
    ['a length is not minimally encoded', concatBytes(new Uint8Array([0x0c, 0x81, 5]), utf8('value')), /not minimal/],
    ['what is not UTF-8', der.element(0x0c, new Uint8Array([0xff])), /not valid UTF-8/],
    ['nothing', new Uint8Array(), /found nothing/],
  ])('%s is refused', (_, value, reason) => {
    expectFailure(() => claimsOf(extension(oid(12), value)), 'CERTIFICATE_INVALID', reason);
    expectFailure(
      () => claimsOf(extension(oid(12), value)),
      'CERTIFICATE_INVALID',
      /^the extension 1\.3\.6\.1\.4\.1\.57264\.1\.12: /,
    );
  });
});

describe('the issuer', () => {
  const raw = (text: string) => extension(oid(1), utf8(text));
  const encoded = (text: string) => extension(oid(8), der.utf8String(text));

  test('stands in .8, in .1, or in both', () => {
    expect(claimsOf(encoded('https://a.test'))).toEqual({ issuer: 'https://a.test' });
    expect(claimsOf(raw('https://a.test'))).toEqual({ issuer: 'https://a.test' });
    expect(claimsOf(raw('https://a.test'), encoded('https://a.test'))).toEqual({ issuer: 'https://a.test' });
  });

  test('is one: two that differ are refused', () => {
    expectFailure(
      () => claimsOf(raw('https://a.test'), encoded('https://b.test')),
      'CERTIFICATE_INVALID',
      /two different OIDC issuers/,
    );
    expectFailure(
      () => claimsOf(raw(''), encoded('https://b.test')),
      'CERTIFICATE_INVALID',
      /two different OIDC issuers/,
    );
    // Read as DER, the older extension would be another text.
    expectFailure(
      () => claimsOf(extension(oid(1), der.utf8String('https://b.test')), encoded('https://b.test')),
      'CERTIFICATE_INVALID',
      /two different OIDC issuers/,
    );
  });

  test('that is not UTF-8 is refused', () => {
    expectFailure(() => claimsOf(extension(oid(1), new Uint8Array([0xff]))), 'CERTIFICATE_INVALID', /\.1 is not UTF-8/);
  });
});

describe('the older claims', () => {
  const older = (...extensions: readonly ReturnType<typeof extension>[]) =>
    readOlderFulcioClaims(readCertificate(makeLeaf(intermediate, { additionalExtensions: extensions })));

  test('are text without DER around it, each under its name', () => {
    const values = [2, 3, 4, 5, 6].map((arc) => extension(oid(arc), utf8(`value of ${arc}, ünd`)));
    expect(older(...values)).toEqual({
      githubWorkflowTrigger: 'value of 2, ünd',
      githubWorkflowSha: 'value of 3, ünd',
      githubWorkflowName: 'value of 4, ünd',
      githubWorkflowRepository: 'value of 5, ünd',
      githubWorkflowRef: 'value of 6, ünd',
    });
    expect(older()).toEqual({});
  });

  test('that are not UTF-8 are refused', () => {
    expectFailure(() => older(extension(oid(4), Uint8Array.of(0xff))), 'CERTIFICATE_INVALID', /is not UTF-8/);
  });
});
