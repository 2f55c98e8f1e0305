/** PyPI: the index of a project (PEP 691, 700 and 740), and the provenance of its files. */

import { type Digest, parseDigest } from '../../core/crypto/index.ts';
import { asList, asObject, asText, type JsonObject, type JsonValue } from '../../core/encoding/index.ts';
import { attempt, fail } from '../../core/errors/index.ts';
import type { Http } from '../http/index.ts';
import { below, fetchJson, timeIn } from './fetch-json.ts';
import type { PackageFile, PackageRegistry, PackageVersion } from './package-registry.ts';

const service = 'the Python package index';
const maxProject = 64 * 1024 * 1024;
const maxProvenance = 16 * 1024 * 1024;
const maxFiles = 200_000;

/** @param url the base URL, such as `https://pypi.org` */
export function pypiRegistry(http: Http, url: URL): PackageRegistry {
  return {
    versions: async (name) => {
      const project = normalized(name);
      const accept = 'application/vnd.pypi.simple.v1+json';
      const query = { url: below(url, `simple/${project}/`), accept, service, maxLength: maxProject };
      const index = await fetchJson(http, query);
      return index && readProject(index, project, url);
    },
    provenance: async (name, version, file) => {
      const path = `integrity/${[normalized(name), version, file.name].map(encodeURIComponent).join('/')}/provenance`;
      const accept = 'application/vnd.pypi.integrity.v1+json';
      const document = await fetchJson(http, { url: below(url, path), accept, service, maxLength: maxProvenance });
      return document && { at: path, document };
    },
  };
}

/** Returns the name of a project as the index writes it (PEP 503). */
function normalized(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}

function readProject(index: JsonObject, project: string, { origin }: URL): readonly PackageVersion[] {
  const invalid = (problem: string): never => fail('SERVICE_RESPONSE_INVALID', `${service} (${origin}) ${problem}`);
  if (normalized(asText(index.name) ?? '') !== project) invalid(`sent another project than ${JSON.stringify(project)}`);
  const files = asList(index.files) ?? invalid(`sent no files of ${JSON.stringify(project)}`);
  if (files.length > maxFiles) invalid(`lists more than ${maxFiles} files of ${JSON.stringify(project)}`);
  const versions = new Map<string, { files: PackageFile[]; publishedAt: Date | undefined }>();
  for (const each of files) {
    const file = asObject(each) ?? {};
    const name = asText(file.filename) ?? invalid('sent a file without a name');
    const version = versionOf(name);
    // Eggs and installers of the past cannot have attestations.
    if (version === undefined) continue;
    const known = versions.get(version) ?? { files: [], publishedAt: undefined };
    versions.set(version, known);
    known.files.push(readFile(name, file));
    const time = timeIn(asText(file['upload-time']));
    if (time !== undefined && (known.publishedAt === undefined || time < known.publishedAt)) known.publishedAt = time;
  }
  return [...versions].map(([version, rest]) => ({ version, ...rest }));
}

function readFile(name: string, { hashes, provenance }: JsonObject): PackageFile {
  const sha256 = asText(asObject(hashes)?.sha256);
  return { name, subject: name, digest: digestOf(sha256), hasProvenance: isAddress(provenance) };
}

function digestOf(sha256: string | undefined): Digest | undefined {
  return sha256 === undefined ? undefined : attempt(() => parseDigest(`sha256:${sha256}`));
}

function isAddress(provenance: JsonValue | undefined): boolean {
  return typeof provenance === 'string' && provenance !== '';
}

/** Returns the version in the name of a wheel (PEP 427) or a source distribution (PEP 625). */
function versionOf(file: string): string | undefined {
  const [, ofWheel] = /^[^-]+-([^-]+)(?:-[^-]+){3,4}\.whl$/.exec(file) ?? [];
  const [, ofSource] = /^.+-([^-]+)\.(?:tar\.gz|zip)$/.exec(file) ?? [];
  return ofWheel ?? ofSource;
}
