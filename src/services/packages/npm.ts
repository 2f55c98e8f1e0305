/** npm's registry: packuments, attestations and search. */

import { type Digest, toDigest } from '../../core/crypto/index.ts';
import { asList, asObject, asText, decodeBase64, type JsonObject, type JsonValue } from '../../core/encoding/index.ts';
import { attempt, fail } from '../../core/errors/index.ts';
import type { Http } from '../http/index.ts';
import { below, fetchJson, timeIn } from './fetch-json.ts';
import type { PackageFile, PackageRegistry, PackageVersion } from './package-registry.ts';

const service = 'the npm registry';
/** A packument holds the manifests of all versions. */
const maxPackument = 128 * 1024 * 1024;
const maxAttestations = 16 * 1024 * 1024;
const maxVersions = 100_000;
const mostFound = 100;

/** @param url the base URL, such as `https://registry.npmjs.org` */
export function npmRegistry(http: Http, url: URL): PackageRegistry {
  const accept = 'application/json';
  return {
    versions: async (name) => {
      const query = { url: below(url, encoded(name)), accept, service, maxLength: maxPackument };
      const packument = await fetchJson(http, query);
      return packument && readPackument(packument, name, url);
    },
    provenance: async (name, version) => {
      const path = `-/npm/v1/attestations/${encoded(name)}@${encodeURIComponent(version)}`;
      const document = await fetchJson(http, { url: below(url, path), accept, service, maxLength: maxAttestations });
      return document && { at: path, document: provenanceOf(document, url) };
    },
    search: async (text) => {
      const query = below(url, `-/v1/search?text=${encodeURIComponent(text)}&size=${mostFound}`);
      const found = await fetchJson(http, { url: query, accept, service, maxLength: maxAttestations });
      return (asList(found?.objects) ?? []).slice(0, mostFound).flatMap((each) => {
        const name = asText(asObject(asObject(each)?.package)?.name);
        return name === undefined || name.length > 214 ? [] : [name];
      });
    },
  };
}

/** Returns a name as npm writes it in paths: `@scope%2fname`. */
function encoded(name: string): string {
  return name.split('/').map(encodeURIComponent).join('%2f').replace(/^%40/, '@');
}

function readPackument(packument: JsonObject, name: string, { origin }: URL): readonly PackageVersion[] {
  const invalid = (problem: string): never => fail('SERVICE_RESPONSE_INVALID', `${service} (${origin}) ${problem}`);
  if (asText(packument.name) !== name) invalid(`sent another package than ${JSON.stringify(name)}`);
  const versions = asObject(packument.versions) ?? invalid(`sent no versions of ${JSON.stringify(name)}`);
  const times = asObject(packument.time) ?? {};
  const entries = Object.entries(versions);
  if (entries.length > maxVersions) invalid(`lists more than ${maxVersions} versions of ${JSON.stringify(name)}`);
  return entries.map(([version, manifest]) => {
    const dist =
      asObject(asObject(manifest)?.dist) ?? invalid(`sent a version without "dist": ${JSON.stringify(version)}`);
    const file: PackageFile = {
      name: `${name}@${version}`,
      subject: packageUrl(name, version),
      digest: integrity(asText(dist.integrity)),
      hasProvenance: asObject(asObject(dist.attestations)?.provenance) !== undefined,
    };
    return { version, publishedAt: timeIn(asText(times[version])), files: [file] };
  });
}

/** Returns the purl of a package: the name of the subject in npm's provenance. */
function packageUrl(name: string, version: string): string {
  return `pkg:npm/${name.replace(/^@/, '%40')}@${version}`;
}

/** Returns the SHA-512 digest of a subresource integrity. */
function integrity(text: string | undefined): Digest | undefined {
  const [, base64] = /(?:^|\s)sha512-([A-Za-z0-9+/]{86}==)(?:\s|$)/.exec(text ?? '') ?? [];
  return base64 === undefined ? undefined : attempt(() => toDigest('sha512', decodeBase64(base64)));
}

/** Returns the attestations that are provenance. The others are statements of the registry, signed with its own key. */
function provenanceOf(document: JsonObject, { origin }: URL): JsonValue {
  const list = asList(document.attestations);
  if (list === undefined)
    return fail('SERVICE_RESPONSE_INVALID', `${service} (${origin}) sent attestations in an unknown format`);
  const isProvenance = (each: JsonValue): boolean =>
    (asText(asObject(each)?.predicateType) ?? '').startsWith('https://slsa.dev/provenance/');
  return { attestations: list.filter(isProvenance) };
}
