/** The signers and verifiers of images: cosign in both of its layouts, our command, our action. */

import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runSignAction } from './action.ts';
import { predicate } from './client.ts';
import { countersignPath } from './countersign.ts';
import type { Court } from './court.ts';
import { type Pushed, referenceTo } from './images.ts';
import type { Identity, LogVersion } from './instance.ts';
import { judgePath, type Run, run } from './program.ts';

export type Content = 'signature' | 'attestation';
/** Bundles among the referrers, with an entry of one log or the other; or the tags `.sig` and `.att`. */
export type Layout = 'bundle, Rekor v2' | 'bundle, Rekor v1' | 'older layout';

export interface SignImages {
  readonly content: Content;
  /** By their digests; or, `recursive`, one index with everything in it. */
  readonly images: readonly Pushed[];
  readonly recursive: boolean;
}

export interface VerifyImage {
  readonly content: Content;
  readonly image: Pushed;
  readonly identity: Identity;
}

export interface ImageSigner {
  readonly layouts: readonly Layout[];
  sign(court: Court, layout: Layout, request: SignImages): Promise<void>;
}

const predicateTypes = {
  signature: 'https://sigstore.dev/cosign/sign/v1',
  attestation: 'https://slsa.dev/provenance/v1',
} as const satisfies Record<Content, string>;

export const identityOptions = ({ name, issuer }: Identity): readonly string[] => [
  ...['--certificate-identity', name, '--certificate-oidc-issuer', issuer],
];

export async function succeed(done: Promise<Run>): Promise<void> {
  const { code, stdout, stderr } = await done;
  if (code !== 0) throw new Error(`ended with ${code}:\n${stdout}${stderr}`);
}

/** Runs cosign with a home of its own. */
export async function cosign(
  court: Court,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Run> {
  const home = court.path('cosign');
  return run(judgePath('COUNTERSIGN_INTEROP_COSIGN'), args, { cwd: home, env: { HOME: home, ...env } });
}

const logOf = (layout: Layout): LogVersion => (layout === 'bundle, Rekor v2' ? 2 : 1);

/** Returns the options that name the services for cosign: a signing config, or URLs as before version 3. */
function cosignServices({ instance }: Court, layout: Layout): readonly string[] {
  if (layout !== 'older layout') return ['--signing-config', instance.signingConfig(logOf(layout))];
  return [
    ...['--new-bundle-format=false', '--use-signing-config=false'],
    ...['--fulcio-url', instance.setting('FULCIO_URL'), '--rekor-url', instance.setting('REKOR1_URL')],
  ];
}

async function signWithCosign(court: Court, layout: Layout, { content, images, recursive }: SignImages): Promise<void> {
  const { instance } = court;
  const folder = await mkdtemp(court.path('predicate-'));
  await writeFile(join(folder, 'predicate.json'), JSON.stringify(predicate));
  const command =
    content === 'signature'
      ? ['sign', ...(recursive ? ['--recursive'] : [])]
      : ['attest', '--type', 'slsaprovenance1', '--predicate', join(folder, 'predicate.json')];
  for (const image of images) {
    const token = ['--identity-token', await instance.token('job')];
    const trust = ['--trusted-root', instance.trustedRoot];
    const services = cosignServices(court, layout);
    await succeed(cosign(court, [...command, '--yes', ...token, ...trust, ...services, referenceTo(image)]));
  }
}

async function signWithCountersign(
  court: Court,
  layout: Layout,
  { content, images, recursive }: SignImages,
): Promise<void> {
  const { instance } = court;
  const home = await mkdtemp(court.path('countersign-'));
  const token = join(home, 'token');
  await writeFile(token, await instance.token('job'));
  const args = [
    ...['sign', ...images.flatMap((image) => ['--image', referenceTo(image)])],
    ...(recursive ? ['--recursive'] : []),
    ...['--bundle-format', content === 'signature' ? 'per-file' : 'attestation'],
    ...['--identity-token', token, '--instance', instance.name, '--trusted-root', instance.trustedRoot],
    ...['--signing-config', instance.signingConfig(logOf(layout))],
  ];
  await succeed(run(process.execPath, [countersignPath, ...args], { cwd: home, env: { HOME: home } }));
}

/** In one step. */
export async function signImagesWithAction(
  court: Court,
  layout: Layout,
  { content, images, recursive }: SignImages,
): ReturnType<typeof runSignAction> {
  const workspace = await mkdtemp(court.path('workspace-'));
  const result = await runSignAction(court, workspace, {
    files: '',
    images: images.map(referenceTo).join('\n'),
    recursive: String(recursive),
    'signing-config': court.instance.signingConfig(logOf(layout)),
    'bundle-format': content === 'signature' ? 'per-file' : 'attestation',
    'upload-artifact': 'false',
  });
  if (result.conclusion !== 'success') throw new Error(`the action failed:\n${result.log.join('\n')}`);
  return result;
}

export const imageSigners = {
  cosign: { layouts: ['bundle, Rekor v2', 'bundle, Rekor v1', 'older layout'], sign: signWithCosign },
  countersign: { layouts: ['bundle, Rekor v2', 'bundle, Rekor v1'], sign: signWithCountersign },
  'the action': {
    layouts: ['bundle, Rekor v2', 'bundle, Rekor v1'],
    sign: async (court, layout, request) => {
      await signImagesWithAction(court, layout, request);
    },
  },
} as const satisfies Readonly<Record<string, ImageSigner>>;
export type ImageSignerName = keyof typeof imageSigners;

export const imageVerifiers = {
  cosign: async (court: Court, { content, image, identity }: VerifyImage): Promise<Run> => {
    const command = content === 'signature' ? ['verify'] : ['verify-attestation', '--type', 'slsaprovenance1'];
    const trust = ['--trusted-root', court.instance.trustedRoot];
    return cosign(court, [...command, ...trust, ...identityOptions(identity), referenceTo(image)]);
  },
  countersign: async (court: Court, { content, image, identity }: VerifyImage, layout: Layout): Promise<Run> => {
    const { instance } = court;
    const home = court.path('countersign');
    await mkdir(home, { recursive: true });
    // Of cosign's older signatures there is no statement, and so no type of it.
    const type =
      layout === 'older layout' && content === 'signature' ? [] : ['--predicate-type', predicateTypes[content]];
    const args = [
      ...['verify', referenceTo(image), '--instance', instance.name, '--trusted-root', instance.trustedRoot],
      ...identityOptions(identity),
      ...type,
    ];
    return run(process.execPath, [countersignPath, ...args], { cwd: home, env: { HOME: home } });
  },
} as const;
export type ImageVerifierName = keyof typeof imageVerifiers;
export const imageVerifierNames = Object.keys(imageVerifiers) as readonly ImageVerifierName[];

/** @returns what cosign finds attached */
export async function cosignTree(court: Court, image: Pushed): Promise<string> {
  const { code, stdout, stderr } = await cosign(court, ['tree', referenceTo(image)]);
  if (code !== 0) throw new Error(`cosign tree ended with ${code}:\n${stderr}`);
  return stdout;
}
