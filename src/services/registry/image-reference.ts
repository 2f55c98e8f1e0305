/** Parses references to images: registry, name, tag, digest. */

import { type Digest, parseDigest } from '../../core/crypto/index.ts';
import { fail } from '../../core/errors/index.ts';
import { isLoopback } from './origin.ts';

declare const checked: unique symbol;

/** A tag, of the grammar's shape. Made by {@link parseTag} only. */
export type Tag = string & { readonly [checked]: 'tag' };

/** A repository of a registry. Only {@link parseImageReference} makes it: its parts are safe in a URL. */
export interface Repository {
  /** Host and port, in lower case: `ghcr.io`, `localhost:5000`, `[::1]:5000`; Docker Hub is `docker.io`. */
  readonly registry: string;
  /** `owner/image` */
  readonly name: string;
  readonly [checked]: true;
}

/** An image as a person names it: by its tag, its digest, or both. */
export interface ImageReference {
  readonly repository: Repository;
  readonly tag: Tag | undefined;
  readonly digest: Digest | undefined;
}

const alphanumeric = '[a-z0-9]+';
const nameShape = new RegExp(
  `^${alphanumeric}(?:(?:[._]|__|-+)${alphanumeric})*(?:/${alphanumeric}(?:(?:[._]|__|-+)${alphanumeric})*)*$`,
);
const label = '[a-z0-9](?:[a-z0-9-]*[a-z0-9])?';
const hostShape = new RegExp(`^(?:${label}(?:\\.${label})*|\\[[0-9a-f:]+\\])(?::([1-9]\\d{0,4}))?$`);
const tagShape = /^\w[\w.-]{0,127}$/;
const digestShape = /^(?:sha256:[0-9a-f]{64}|sha384:[0-9a-f]{96}|sha512:[0-9a-f]{128})$/;
/** Of registry and name together: what clients agree on (distribution specification, "Pulling manifests"). */
const maxNameLength = 255;
/** A name, a tag and a digest, with room. Longer texts are not even looked at. */
const maxLength = 1024;

/**
 * Reads `registry/name:tag`, `registry/name@sha256:…`, `registry/name:tag@sha256:…`, and Docker Hub's short forms
 * (`alpine:3`, `owner/image:1`), by the grammar of distribution references.
 *
 * A text with neither tag nor digest is refused: assuming `latest` would be a guess.
 *
 * @throws CountersignError `USAGE`, which says what is wrong with it
 */
export function parseImageReference(text: string): ImageReference {
  const shown = JSON.stringify(withoutAccount(text).slice(0, 200));
  const refuse = refusal(text, 'image name');
  demandPlain(text, refuse);
  const [named = '', writtenDigest, more] = text.split('@');
  if (more !== undefined) refuse('it contains more than one "@"');
  const { rest, tag } = splitTag(named);
  if (tag !== undefined && !tagShape.test(tag)) refuse(`its tag must be ${tagRule}`);
  const repository = readRepository(rest, refuse);
  if (tag === undefined && writtenDigest === undefined) {
    fail('USAGE', `the image name ${shown} has neither a tag nor a digest`, {
      remedy: 'Append "@sha256:…" or ":tag".',
    });
  }
  return {
    repository,
    tag: tag as Tag | undefined,
    digest: writtenDigest === undefined ? undefined : readDigest(writtenDigest, refuse),
  };
}

/**
 * Reads the name of a repository: an image's name without a tag and digest.
 *
 * @throws CountersignError `USAGE`
 */
export function parseRepository(text: string): Repository {
  const refuse = refusal(text, 'repository name');
  demandPlain(text, refuse);
  if (text.includes('@') || splitTag(text).tag !== undefined)
    refuse('it has a tag or a digest, or no path after the registry');
  return readRepository(text, refuse);
}

function refusal(text: string, what: string): RefuseName {
  const shown = JSON.stringify(withoutAccount(text).slice(0, 200));
  return (problem, remedy) =>
    fail('USAGE', `${shown} is not a valid ${what}: ${problem}`, remedy === undefined ? {} : { remedy });
}

function demandPlain(text: string, refuse: RefuseName): void {
  if (text.length > maxLength) refuse(`it has ${text.length} characters; the limit is ${maxLength}`);
  // First of all, so that no later message and no URL is about what cannot be seen.
  if (text === '') refuse('it is empty');
  if (!/^[\x21-\x7e]+$/.test(text)) refuse('it contains a space or a non-ASCII character');
  if (text.includes('://')) refuse('it is a URL; remove everything up to "://"');
}

/** Throws, with what to do where that is not plain. */
type RefuseName = (problem: string, remedy?: string) => never;

const tagRule = 'at most 128 letters, digits, "_", "." and "-", and must not start with "." or "-"';

/**
 * Reads a tag.
 *
 * @throws CountersignError `USAGE`
 */
export function parseTag(text: string): Tag {
  return tagShape.test(text)
    ? (text as Tag)
    : fail('USAGE', `${JSON.stringify(text.slice(0, 200))} is not a valid tag: a tag must be ${tagRule}`);
}

/**
 * Reads the name of a registry: a host, with or without a port, also as an address, as docker writes Docker Hub's.
 *
 * @returns as images have it
 * @throws CountersignError `USAGE`
 *
 * @example
 * parseRegistry('https://index.docker.io/v1/'); // docker.io
 */
export function parseRegistry(text: string): string {
  const refuse = (problem: string): never =>
    fail('USAGE', `${JSON.stringify(text.replace(/^.*@/s, '').slice(0, 200))} is not a valid registry: ${problem}`, {
      remedy: 'Specify only the host, as in image names: ghcr.io, or registry.example:5000.',
    });
  const host = text.replace(/^https?:\/\//, '').replace(/\/(?:v[12]\/?)?$/, '');
  if (host.includes('/')) refuse('it has a path');
  return hubByItsName(readHost(host.toLowerCase(), refuse));
}

/** `registry/name`, in full */
export function formatRepository({ registry, name }: Repository): string {
  return `${registry}/${name}`;
}

/** Returns the address of the registry's API, which for Docker Hub is not its name. Plain HTTP is used on loopback only. */
export function registryOrigin({ registry }: Repository): URL {
  const host = registry === dockerHub ? 'registry-1.docker.io' : registry;
  const secure = new URL(`https://${host}`);
  return isLoopback(secure) ? new URL(`http://${host}`) : secure;
}

export const dockerHub = 'docker.io';

/** A colon is before a tag if no slash comes after it; else it is before a port. */
function splitTag(named: string): { readonly rest: string; readonly tag: string | undefined } {
  const colon = named.lastIndexOf(':');
  if (colon === -1 || named.indexOf('/', colon) !== -1) return { rest: named, tag: undefined };
  return { rest: named.slice(0, colon), tag: named.slice(colon + 1) };
}

function readRepository(text: string, refuse: RefuseName): Repository {
  const slash = text.indexOf('/');
  const first = slash === -1 ? '' : text.slice(0, slash);
  // As Docker tells a host from an owner.
  const isHost = /[.:]/.test(first) || first.toLowerCase() === 'localhost';
  const registry = isHost ? hubByItsName(readHost(first.toLowerCase(), refuse)) : dockerHub;
  const written = isHost ? text.slice(slash + 1) : text;
  const name = registry === dockerHub && !written.includes('/') ? `library/${written}` : written;
  if (written === '') refuse('it has no path after the registry');
  if (/[A-Z]/.test(written)) {
    refuse(
      'it contains upper-case letters',
      "Write it in lower case. In a workflow, GITHUB_REPOSITORY keeps the owner's capitals.",
    );
  }
  if (!nameShape.test(name)) {
    refuse(
      'a name consists of lower-case letters and digits, with "/" between components, and ".", "_", "__" or "-" within them',
    );
  }
  // Docker's rule: such a name is taken for an image's identifier.
  if (/^[0-9a-f]{64}$/.test(written)) refuse('a name of 64 hexadecimal digits would be read as a digest');
  const { length } = `${registry}/${name}`;
  if (length > maxNameLength) refuse(`registry and name have ${length} characters; the limit is ${maxNameLength}`);
  return { registry, name } as Repository;
}

function readHost(host: string, refuse: RefuseName): string {
  const [, port] = hostShape.exec(host) ?? refuse('its registry is not a host name with an optional port');
  if (Number(port ?? 0) > 65_535) refuse('its registry has a port above 65535');
  // What URL reads as another host (`0x7f.1`, `1.2.3`, a port that is the default) would be another one for each rule here.
  const { hostname } = parseHost(host, refuse);
  if (hostname !== host.replace(/:\d+$/, '')) refuse(`its registry must be written as ${hostname}`);
  return host;
}

function parseHost(host: string, refuse: RefuseName): URL {
  return URL.canParse(`https://${host}`) ? new URL(`https://${host}`) : refuse('its registry is not a host name');
}

/** Docker Hub has several. */
export function hubByItsName(host: string): string {
  return host === 'index.docker.io' || host === 'registry-1.docker.io' ? dockerHub : host;
}

function readDigest(text: string, refuse: RefuseName): Digest {
  if (!digestShape.test(text))
    refuse('its digest must be sha256:, sha384: or sha512: followed by 64, 96 or 128 lower-case hexadecimal digits');
  return parseDigest(text);
}

/** The text without a user name and a password before a host, which people write into names because git takes them there. */
function withoutAccount(text: string): string {
  // After a scheme a password may hold anything; without one, the account ends before the first slash.
  return text.replace(/^([a-z]+:\/\/).*@(?!sha\d+:)/is, '$1').replace(/^[^/@]*:[^/]*@(?=[^/]*[/.])/, '');
}
