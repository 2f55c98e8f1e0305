import { execFileSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseDigest } from '../../src/core/crypto/index.ts';
import { pinnedSource, type SigningReport, verifyCommands } from '../../src/report/index.ts';
import { commit, hostileNames, identity, report, signed, signer, workspace } from './reports.ts';

const command = (tool: string, changes: Partial<SigningReport> = {}): string | undefined =>
  verifyCommands(report(changes))
    .flatMap(({ commands }) => commands)
    .find((found) => found.tool === tool)
    ?.lines.join('\n');

const npx = `npx --allow-git=root 'github:octo-org/countersign#${commit}'`;

const attestation = {
  format: 'attestation',
  signed: [
    signed('app.tgz', {
      bundlePath: `${workspace}/attestation.sigstore.json`,
      predicateType: 'https://slsa.dev/provenance/v1',
    }),
  ],
} as const satisfies Partial<SigningReport>;

describe('commands for what the public instance signed', () => {
  test('verify a file', () => {
    expect(command('Countersign')).toBe(
      `${npx} verify dist/app.tgz \\
  --bundle dist/app.tgz.sigstore.json \\
  --certificate-identity ${signer} \\
  --certificate-oidc-issuer https://token.actions.githubusercontent.com`,
    );
    expect(command('cosign')).toBe(
      `cosign verify-blob \\
  --bundle dist/app.tgz.sigstore.json \\
  --certificate-identity ${signer} \\
  --certificate-oidc-issuer https://token.actions.githubusercontent.com \\
  dist/app.tgz`,
    );
    expect(command('gh')).toBeUndefined();
  });

  test('verify an attestation', () => {
    expect(command('cosign', attestation)).toContain(
      'cosign verify-blob-attestation \\\n  --bundle attestation.sigstore.json',
    );
    expect(command('cosign', attestation)).toContain('--type slsaprovenance1');
    expect(
      command('cosign', { ...attestation, signed: [signed('a', { predicateType: 'https://example.test/v1' })] }),
    ).toContain('--type https://example.test/v1');
    expect(command('gh', attestation)).toBe(
      `gh attestation verify app.tgz \\
  --bundle attestation.sigstore.json \\
  --repo octo-org/app \\
  --cert-identity ${signer} \\
  --predicate-type https://slsa.dev/provenance/v1`,
    );
  });

  test('verify a digest', () => {
    const digests = [signed('ghcr.io/octo-org/app', { kind: 'digest' })];
    expect(command('Countersign', { signed: digests })).toMatch(/^npx \S+ \S+ verify sha256:[0-9a-f]{64} /);
    expect(command('cosign', { ...attestation, signed: digests })).toMatch(/--digest [0-9a-f]{64} --digestAlg sha256$/);
    expect(command('gh', { ...attestation, signed: digests })).toBeUndefined();
  });
});

test('where the signer is another repository’s workflow, the source is asked for as well', () => {
  const subjectAlternativeName = 'https://github.com/octo-org/ci/.github/workflows/sign.yml@refs/heads/main';
  const foreign = { identity: { ...identity, subjectAlternativeName } };
  expect(command('Countersign', foreign)).toMatch(/--repo octo-org\/app$/);
  expect(command('Countersign')).not.toContain('--repo');
});

describe('commands for other instances', () => {
  test('name the instance, and the trusted root where there is a file of it', () => {
    const custom = { instance: 'custom', trustedRoot: `${workspace}/trust/root.json` };
    expect(command('Countersign', custom)).toMatch(/--instance custom \\\n {2}--trusted-root trust\/root\.json$/);
    expect(command('cosign', custom)).toContain('--trusted-root trust/root.json');
    expect(command('gh', { ...attestation, ...custom })).toBeUndefined();
  });

  test('without such a file are none for cosign, which would not know the root', () => {
    expect(command('Countersign', { instance: 'staging' })).toMatch(/--instance staging$/);
    expect(command('cosign', { instance: 'staging' })).toBeUndefined();
    expect(command('gh', { ...attestation, instance: 'github' })).toBeDefined();
  });

  test('whose certificates no log has seen say so; of GitHub’s, Countersign knows', () => {
    const unseen = { instance: 'custom', trustedRoot: '/r.json', certificateLogged: false };
    expect(command('Countersign', unseen)).toContain('--insecure-ignore-sct');
    expect(command('cosign', unseen)).toContain('--insecure-ignore-sct');
    expect(command('Countersign', { ...unseen, instance: 'github' })).not.toContain('--insecure-ignore-sct');
    expect(command('cosign', { ...unseen, instance: 'github' })).toContain('--insecure-ignore-sct');
    const seen = { ...unseen, certificateLogged: true };
    expect(command('Countersign', seen)).not.toContain('--insecure-ignore-sct');
    expect(command('cosign', seen)).not.toContain('--insecure-ignore-sct');
  });

  test('that keep no log say so', () => {
    const unlogged = { instance: 'custom', trustedRoot: '/r.json', signed: [signed('a', { logs: [] })] };
    expect(command('cosign', unlogged)).toContain(
      '--trusted-root /r.json \\\n  --insecure-ignore-tlog --use-signed-timestamps',
    );
    expect(command('Countersign', unlogged)).toContain('--insecure-ignore-tlog');
    expect(command('Countersign', { ...unlogged, instance: 'github' })).not.toContain('--insecure-ignore-tlog');
    expect(command('Countersign', { instance: 'custom' })).not.toContain('--insecure-ignore-tlog');
  });
});

test('commands for what was signed during an outage accept a timestamp alone, and none is for gh', () => {
  const outages = [{ log: 'https://log.example.test', reason: 'it is down', fallback: 'timestamp-only' }] as const;
  const { signed: attested, ...rest } = attestation;
  const unlogged = { ...rest, signed: attested.map((one) => ({ ...one, logs: [], outages })) };
  expect(command('Countersign', unlogged)).toContain('--accept-timestamp-only');
  expect(command('Countersign', unlogged)).not.toContain('--insecure');
  expect(command('cosign', unlogged)).toContain('--insecure-ignore-tlog --use-signed-timestamps');
  expect(command('gh', attestation)).toBeDefined();
  expect(command('gh', unlogged)).toBeUndefined();
});

test('no command has the name of the package, which anybody could register', () => {
  for (const source of [undefined, { repository: 'octo-org/countersign', commit }]) {
    const commands = verifyCommands(report({ source })).flatMap((one) => one.commands);
    expect(commands.map(({ tool }) => tool)).toEqual(source === undefined ? ['cosign'] : ['Countersign', 'cosign']);
    expect(commands.flatMap(({ lines }) => lines).join('\n')).not.toMatch(/npx (?!--allow-git=root 'github:)/);
  }
});

test.each([
  ['octo-org/countersign', commit, { repository: 'octo-org/countersign', commit }],
  ['octo-org/countersign', 'v1', undefined],
  ['octo-org/countersign', commit.slice(1), undefined],
  ['octo-org/countersign', '', undefined],
  ['', commit, undefined],
  [undefined, undefined, undefined],
  ['octo-org/countersign#x', commit, undefined],
  ['a/b/c', commit, undefined],
])('the source of the action %j at %j is %j', (repository, ref, expected) => {
  expect(pinnedSource(repository, ref)).toEqual(expected);
});

test('there is none for nobody, nothing, and what nobody would copy', () => {
  expect(verifyCommands(report({ identity: undefined }))).toEqual([]);
  expect(verifyCommands(report({ signed: [] }))).toEqual([]);
  expect(verifyCommands(report({ signed: [signed('x'.repeat(1001))] }))).toEqual([]);
  expect(verifyCommands(report({ identity: { ...identity, subjectAlternativeName: 'x'.repeat(20_000) } }))).toEqual([]);
  const named = (...all: SigningReport['signed']) =>
    verifyCommands(report({ signed: all })).map(({ subject }) => subject.name);
  expect(named(signed('x'.repeat(1001)), signed('digest', { kind: 'digest' }), signed('b'))).toEqual(['b', 'digest']);
  expect(named(signed('image', { kind: 'image' }), signed('b'), signed('other', { kind: 'image' }))).toEqual([
    'b',
    'image',
  ]);
});

describe('commands for an image', () => {
  const digest = `sha256:${'ab'.repeat(32)}`;
  const image = (changes: Partial<SigningReport['signed'][number]> = {}) =>
    signed('ghcr.io/example/app', {
      kind: 'image',
      digest: parseDigest(digest),
      bundlePath: `${workspace}/ghcr.io-example-app.sigstore.json`,
      attachedAs: `ghcr.io/example/app@sha256:${'cd'.repeat(32)}`,
      ...changes,
    });
  const name = `ghcr.io/example/app@${digest}`;

  test('find its bundle in the registry, and name it by its digest', () => {
    const images = { signed: [image()] };
    expect(command('Countersign', images)).toContain(
      `${npx} verify ${name} \\
  --certificate-identity`,
    );
    expect(command('cosign', images)).toBe(
      `cosign verify \\
  --certificate-identity ${signer} \\
  --certificate-oidc-issuer https://token.actions.githubusercontent.com \\
  ${name}`,
    );
    expect(command('gh', images)).toBeUndefined();
  });

  test('with provenance are for gh as well', () => {
    const images = { ...attestation, signed: [{ ...image(), predicateType: 'https://slsa.dev/provenance/v1' }] };
    expect(command('cosign', images)).toContain('cosign verify-attestation \\');
    expect(command('cosign', images)).toContain('--type slsaprovenance1 \\');
    expect(command('gh', images)).toContain(`gh attestation verify oci://${name} \\
  --bundle-from-oci \\`);
  });

  test('name the bundle where it was not attached', () => {
    const images = { signed: [image({ attachedAs: undefined })] };
    expect(command('Countersign', images)).toContain(
      `${npx} verify ${digest} \\
  --bundle ghcr.io-example-app.sigstore.json`,
    );
    expect(command('cosign', images)).toContain(
      `cosign verify-blob-attestation \\
  --bundle ghcr.io-example-app.sigstore.json`,
    );
    expect(command('cosign', images)).toContain(`--digest ${'ab'.repeat(32)} --digestAlg sha256`);
    expect(command('cosign', images)).toContain('--type https://sigstore.dev/cosign/sign/v1');
  });
});

/** Returns the arguments into which a shell splits a command. */
function argumentsOf(lines: string): readonly string[] {
  const script = `npx() { printf '%s\\0' "$@"; }; ${lines}`;
  return execFileSync('bash', ['--norc', '-c', script], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { LC_ALL: 'C.UTF-8' },
  })
    .split('\0')
    .slice(0, -1);
}

describe('a shell reads of a hostile name what it is', () => {
  const check = (name: string): void => {
    const bundlePath = `/b/${name}x`;
    const text =
      command('Countersign', {
        signed: [signed(name, { bundlePath })],
        identity: { ...identity, subjectAlternativeName: name },
      }) ?? '';
    const [, , , artifact, , bundle, , certificateIdentity] = argumentsOf(text);
    expect(artifact).toBe(name.startsWith('-') ? `./${name}` : name);
    expect(bundle).toBe(bundlePath);
    expect(certificateIdentity).toBe(name);
    expect(text).not.toMatch(/##\[|[\p{Cf}\p{Zl}\p{Zp}]|[^\P{Cc}\n]/u);
    // The signer is not of the repository that was built, so that is asked for too.
    expect(text.split('\n')).toHaveLength(5);
  };

  test.each(hostileNames.filter((name) => name.length <= 900))('%j', check);

  test('whatever it is', () => {
    const part = fc.oneof(
      fc.constantFrom("'", '"', '\\', '$(x)', '`x`', '\n', ' ', '!', '*', '~', '##[', '\u202e', '\u0085', '-', '$x'),
      fc.string({ unit: 'binary', maxLength: 2 }),
    );
    const name = fc
      .array(part, { minLength: 1, maxLength: 8 })
      .map((parts) => parts.join('').replaceAll('\0', '').replaceAll('/', ''))
      .filter((text) => text !== '');
    fc.assert(fc.property(name, check), { numRuns: 60 });
  });
});
