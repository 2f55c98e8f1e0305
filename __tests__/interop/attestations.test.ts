/** Attests a document of each type. cosign must verify what Countersign signs, by the word for its type, and the other way round. */

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { cyclonedxDocument, documentsByWord, linkDocument, spdx3Document, spdxDocument } from '../kit/documents.ts';
import { countersignPath } from './kit/countersign.ts';
import { readByInToto } from './kit/in-toto.ts';
import { judgePath, type Run, run } from './kit/program.ts';
import { type RunningSandbox, startSandbox } from './kit/sandbox.ts';

const script = fileURLToPath(new URL('kit/judge-sbom.py', import.meta.url));
let folder: string;
let sandbox: RunningSandbox;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countersign-attestations-'));
  sandbox = await startSandbox(folder);
});
afterAll(async () => {
  await sandbox[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

/** Words of cosign. The others are of Countersign alone. */
const cosignWords = [
  'slsaprovenance',
  'slsaprovenance02',
  'slsaprovenance1',
  'link',
  'spdx',
  'spdxjson',
  'cyclonedx',
  'vuln',
  'openvex',
  'custom',
] as const;

const path = (name: string): string => join(folder, name);

async function expectSuccess(made: Promise<Run>): Promise<Run> {
  const result = await made;
  expect({ code: result.code, stderr: result.code === 0 ? '' : result.stderr }).toEqual({ code: 0, stderr: '' });
  return result;
}

function countersign(...args: readonly string[]): Promise<Run> {
  const { trustedRoot } = sandbox.instance;
  const trust = ['--instance', 'sandbox', '--trusted-root', trustedRoot];
  return run(process.execPath, [countersignPath, ...args, ...trust], { cwd: folder, env: { HOME: folder } });
}

function cosign(...args: readonly string[]): Promise<Run> {
  const trust = ['--trusted-root', sandbox.instance.trustedRoot];
  return run(judgePath('COUNTERSIGN_INTEROP_COSIGN'), [...args, ...trust], { cwd: folder, env: { HOME: folder } });
}

const signer = (): readonly string[] => {
  const { name, issuer } = sandbox.instance.identity('job');
  return ['--certificate-identity', name, '--certificate-oidc-issuer', issuer];
};

/** With a new token, which is valid for five minutes. */
async function signingOptions(): Promise<readonly string[]> {
  await writeFile(path('token'), await sandbox.instance.token('job'));
  return ['--signing-config', sandbox.instance.signingConfig(2), '--identity-token', path('token')];
}

async function attest(bundle: string, ...options: readonly string[]): Promise<string> {
  const config = await signingOptions();
  await expectSuccess(countersign('sign', 'app.bin', '--bundle', path(bundle), ...options, ...config));
  return path(bundle);
}

function cosignVerify(bundle: string, type: string): Promise<Run> {
  return cosign('verify-blob-attestation', '--type', type, '--bundle', bundle, ...signer(), path('app.bin'));
}

beforeAll(() => writeFile(path('app.bin'), 'contents'));

describe.each(Object.entries(documentsByWord))('%s', (word, [document, uri]) => {
  test('signed by Countersign is verified by cosign, and not as another type', async () => {
    await writeFile(path(`${word}.json`), JSON.stringify(document));
    const bundle = await attest(`${word}.sigstore.json`, '--predicate', `${word}.json`, '--type', word);
    const isCosign = cosignWords.some((one) => one === word);
    await expectSuccess(cosignVerify(bundle, isCosign ? word : uri));
    await expectSuccess(cosignVerify(bundle, uri));
    const other = await cosignVerify(bundle, 'https://example.com/other');
    expect(other.code).not.toBe(0);
  });
});

// cosign's `spdx` makes a predicate that is a text, which the in-toto attestation framework does not allow.
describe.each(cosignWords.filter((word) => word !== 'spdx'))('%s', (word) => {
  test('signed by cosign is verified by Countersign', async () => {
    const [document, uri] = documentsByWord[word] ?? [{}, ''];
    await writeFile(path(`${word}.json`), JSON.stringify(document));
    const bundle = path(`cosign-${word}.sigstore.json`);
    const config = await signingOptions();
    const options = ['--predicate', path(`${word}.json`), '--type', word, '--bundle', bundle, '--yes'];
    await expectSuccess(cosign('attest-blob', ...options, ...config, path('app.bin')));
    await expectSuccess(countersign('verify', 'app.bin', '--bundle', bundle, '--predicate-type', uri, ...signer()));
    const other = await countersign(
      'verify',
      'app.bin',
      '--bundle',
      bundle,
      '--predicate-type',
      'https://x.test/',
      ...signer(),
    );
    expect(JSON.stringify(other)).toContain('PREDICATE_TYPE_MISMATCH');
  });
});

describe("in-toto's own types read the statement, strictly", () => {
  /** The words whose predicates have a type too. */
  const typed = {
    provenance: 'https://slsa.dev/provenance/v1',
    slsaprovenance1: 'https://slsa.dev/provenance/v1',
    'https://in-toto.io/attestation/link/v0.3': 'https://in-toto.io/attestation/link/v0.3',
    'test-result': 'https://in-toto.io/attestation/test-result/v0.1',
    vulns: 'https://in-toto.io/attestation/vulns/v0.2',
    release: 'https://in-toto.io/attestation/release/v0.2',
  };
  const others = Object.entries(documentsByWord).flatMap(([word, [, uri]]) => (word in typed ? [] : [[word, uri]]));

  test.each([...Object.entries(typed), ...others])('%s', async (word = '', uri = '') => {
    const [document] = word.endsWith('/link/v0.3') ? [linkDocument] : (documentsByWord[word] ?? [{}]);
    await writeFile(path('document.json'), JSON.stringify(document));
    const what = word === 'provenance' ? word : `${word}=document.json`;
    const bundle = await attest('in-toto.sigstore.json', '--attest', what, '--overwrite');
    const { stdout } = await expectSuccess(readByInToto(bundle));
    expect(stdout).toBe(`${uri}${word in typed ? ' typed' : ''}\n`);
  });

  test('and refuse a member that a type does not have', async () => {
    const bundle = await attest('in-toto.sigstore.json', '--attest', 'provenance', '--overwrite');
    const predicate = { buildDefinition: {}, surplus: 1 };
    const { code, stderr } = await readByInToto(bundle, (statement) => ({ ...statement, predicate }));
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('unknown field "surplus"') });
  });
});

test('several attestations of one run, each of which cosign verifies by its URI', async () => {
  const documents = { 'a.json': spdxDocument(), 'b.json': spdx3Document(), 'c.json': cyclonedxDocument({}, '1.7') };
  for (const [name, document] of Object.entries(documents)) await writeFile(path(name), JSON.stringify(document));
  const config = await signingOptions();
  const options = ['provenance', ...Object.keys(documents).map((name) => `sbom=${name}`)].flatMap((one) => [
    '--attest',
    one,
  ]);
  await expectSuccess(countersign('sign', 'app.bin', '--bundle-dir', path('out'), ...options, ...config));
  const types = {
    attestation: 'https://slsa.dev/provenance/v1',
    'attestation-spdx': 'https://spdx.dev/Document/v2.3',
    'attestation-spdx-2': 'https://spdx.dev/Document/v3',
    'attestation-cyclonedx': 'https://cyclonedx.org/bom',
  };
  for (const [name, type] of Object.entries(types))
    await expectSuccess(cosignVerify(path(`out/${name}.sigstore.json`), type));
  const { dsseEnvelope } = JSON.parse(await readFile(path('out/attestation-spdx.sigstore.json'), 'utf8'));
  expect(JSON.parse(Buffer.from(dsseEnvelope.payload, 'base64').toString()).predicate).toEqual(documents['a.json']);
});

test.each([
  ['SPDX 2.2', spdxDocument([], 'SPDX-2.2')],
  ['SPDX 2.3', spdxDocument()],
  ...['1.4', '1.5', '1.6', '1.7'].map((version) => [`CycloneDX ${version}`, cyclonedxDocument({}, version)] as const),
])('the tools of others read the predicate that was signed: %s', async (_, document) => {
  await writeFile(path('sbom.json'), JSON.stringify(document));
  await attest('sbom.sigstore.json', '--sbom', 'sbom.json', '--overwrite');
  const { dsseEnvelope } = JSON.parse(await readFile(path('sbom.sigstore.json'), 'utf8'));
  const { predicate } = JSON.parse(Buffer.from(dsseEnvelope.payload, 'base64').toString());
  await writeFile(path('predicate.json'), JSON.stringify(predicate));
  const judgeSbom = (name: string): Promise<Run> =>
    run(judgePath('COUNTERSIGN_INTEROP_SBOMS'), ['-I', script, path(name)], { cwd: folder, env: { HOME: folder } });
  await expectSuccess(judgeSbom('predicate.json'));
  // The judge does refuse something.
  await writeFile(path('bad.json'), JSON.stringify({ ...predicate, creationInfo: undefined, components: [{}] }));
  expect((await judgeSbom('bad.json')).code).toBe(1);
});
