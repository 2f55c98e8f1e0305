/** Delivers bundles for a program. */

import { basename, dirname, resolve } from 'node:path';
import { equalDigests } from '../core/crypto/index.ts';
import { utf8 } from '../core/encoding/index.ts';
import { fail, inContext } from '../core/errors/index.ts';
import { readStatement } from '../core/statement/index.ts';
import { readBundle } from '../core/verify/index.ts';
import {
  attachBundle,
  attachToRelease as attachFiles,
  deliverFile,
  demandAttestations,
  storeAttestations,
} from '../deliver/index.ts';
import { readReleaseTarget, signedAt } from '../run/sign/index.ts';
import { openAttestationWriter, openReleases } from '../services/github/index.ts';
import { sleep } from '../services/http/index.ts';
import { formatImage } from '../subject/index.ts';
import { gitHubOf } from './github.ts';
import { registriesOf, resolveSubject } from './images.ts';
import type { GitHubAccess, ImageOptions, RequestOptions } from './options.ts';
import type { Signed } from './session.ts';
import { inWorld } from './world.ts';

/**
 * Writes a bundle to a file, atomically. A file of this name is replaced.
 *
 * @throws CountersignError `WRITE_FAILED`
 *
 * @example
 * const signed = await signFile('app.tar.gz', { token, instance });
 * await writeBundle('app.tar.gz.sigstore.json', signed);
 */
export function writeBundle(path: string, { text }: Pick<Signed, 'text'>, options: RequestOptions = {}): Promise<void> {
  const file = resolve(path);
  const places = { workspace: dirname(file), bundleDirectory: undefined };
  return inWorld(options, ({ files, random }) => deliverFile(files, random, file, text, places));
}

/** The image that a bundle was attached to, and the manifest that was pushed. */
export interface AttachedBundle {
  /** `registry/name@sha256:…` of the image. */
  readonly image: string;
  /** `registry/name@sha256:…` of the manifest that has the bundle. */
  readonly manifest: string;
}

/**
 * Attaches a bundle to an image in its registry, where `cosign verify`, `gh attestation verify` and `countersign verify` find it.
 *
 * @param name with a tag or a digest; use {@link SignedImage.image}, whose digest is the one that was signed
 * @throws CountersignError `ARTIFACT_MISMATCH` for a bundle that is not about this image; `SUBJECT_MISSING`; `DELIVERY_FAILED` for a bundle
 *   without a statement; those of the registry's client
 * @see OCI Image Specification, "Guidelines for Artifact Usage"
 *
 * @example
 * const signed = await signImage(image, { token, instance });
 * const attached = await attachToImage(signed.image, signed);
 * attached.image === signed.image; // → true
 */
export function attachToImage(
  name: string,
  signed: Pick<Signed, 'text' | 'verdict'>,
  options: ImageOptions & RequestOptions = {},
): Promise<AttachedBundle> {
  return inWorld(options, async (world) => {
    const subject = await resolveSubject(name, options, world);
    const { content } = readBundle(signed.text);
    if (content.kind !== 'dsse-envelope')
      fail('DELIVERY_FAILED', 'the bundle of an image must contain a statement', {
        remedy: 'Sign the image with `signImage` or `attest`.',
      });
    const { subjects, predicateType } = readStatement(content.payload);
    const image = formatImage(subject);
    const isAbout = subjects.some(({ digests }) => digests.some((one) => equalDigests(one, subject.digest)));
    if (!isAbout)
      fail('ARTIFACT_MISMATCH', `the statement in the bundle is not about the image ${image}`, {
        remedy: 'Name the image by the digest that was signed.',
      });
    const client = (await registriesOf(name, options, world)).attachmentsOf(subject.stored.repository);
    const { manifest } = await attachBundle(client, {
      image: subject,
      stored: subject.stored,
      bundle: utf8(signed.text),
      predicateType,
      signedAt: signedAt(signed.verdict),
    });
    return { image, manifest: formatImage({ name: client.name, digest: manifest }) };
  });
}

/** A release, and the files to attach to it. */
export interface ReleaseOptions extends GitHubAccess {
  /** The tag or the ID of the release; its draft is created if there is none. */
  readonly release: string;
  /** The paths of the files and of their bundles. */
  readonly files: readonly string[];
  /** True to publish the release once it has all files. */
  readonly publish?: boolean | undefined;
  /** The commit that was built. The tag must not be at another one. */
  readonly commit?: string | undefined;
}

/** A release with files. */
export interface ReleaseWithFiles {
  readonly tag: string;
  readonly url: string;
  readonly isPublished: boolean;
  /** The files that were uploaded; the others were there already, with the same content. */
  readonly uploaded: readonly string[];
}

/**
 * Attaches files and their bundles to a release on GitHub. A file that is there with the same content is not uploaded again, and one with other
 * content is an error.
 *
 * @throws CountersignError `RELEASE_MISSING`, `RELEASE_IMMUTABLE`, `RELEASE_ASSET_UNFIT`, `RELEASE_TAG_MOVED`, `PERMISSION_MISSING` and others of the
 *   release; the first failure of a file, after all files were tried
 *
 * @example
 * const repository = 'example-org/example-repo';
 * const { tag, isPublished } = await attachToRelease({ repository, release: 'v1.3', files: ['app.tar.gz'] });
 * [tag, isPublished]; // → ['v1.3', false]
 */
export function attachToRelease(options: ReleaseOptions): Promise<ReleaseWithFiles> {
  return inWorld(options, async (world) => {
    const { files, publish = false, commit } = options;
    const target = readReleaseTarget(options.release, undefined);
    const { repository, ...api } = gitHubOf(options, world);
    const { release, outcomes, publication } = await attachFiles(
      files.map((path) => ({
        path: resolve(path),
        name: basename(path),
        ...(path.endsWith('.json') && { contentType: 'application/json' }),
      })),
      { repository, target, publish, ...(commit !== undefined && { commit }) },
      { releases: openReleases(api), files: world.files, sleep, cancellation: world.cancellation },
    );
    for (const one of outcomes)
      if (one.kind === 'failed') throw inContext(one.error.code, `${one.file.name} was not attached`, one.error);
    if (publication.kind === 'failed')
      throw inContext(publication.error.code, 'the release was not published', publication.error);
    return {
      tag: release.tag,
      url: release.url,
      isPublished: publication.kind === 'published',
      uploaded: outcomes.flatMap(({ kind, file }) => (kind === 'uploaded' ? [file.path] : [])),
    };
  });
}

/** An attestation in GitHub's store. */
export interface StoredAttestation {
  /** Absent if the store had it already. */
  readonly id: string | undefined;
  readonly url: string;
}

/**
 * Stores a bundle in GitHub's attestation store, where `gh attestation verify` finds it.
 *
 * @throws CountersignError `USAGE` for a bundle without a statement; `PERMISSION_MISSING` without the permission `attestations: write`;
 *   `RATE_LIMITED`, `SERVICE_UNAVAILABLE`
 *
 * @example
 * const signed = await attest(['app.tar.gz'], 'provenance', { instance });
 * const { url } = await storeAttestation(signed, { repository: 'example-org/example-repo' });
 * url.startsWith('https://github.com/example-org/example-repo/attestations/'); // → true
 */
export function storeAttestation(
  { text, bundle: { content } }: Pick<Signed, 'text' | 'bundle'>,
  options: GitHubAccess = {},
): Promise<StoredAttestation> {
  return inWorld(options, async (world) => {
    demandAttestations(content.kind);
    const { environment = process.env } = options;
    const { repository, ...api } = gitHubOf(options, world);
    const { stored, failures } = await storeAttestations(
      [{ bundlePath: 'the bundle', read: async () => utf8(text), isFresh: true }],
      {
        writer: openAttestationWriter(api),
        repository,
        serverUrl: environment.GITHUB_SERVER_URL || 'https://github.com',
      },
    );
    const [failure] = failures;
    if (failure !== undefined) throw failure.error;
    const [{ id, url } = fail('DELIVERY_FAILED', 'GitHub stored nothing')] = stored;
    return { id, url };
  });
}
