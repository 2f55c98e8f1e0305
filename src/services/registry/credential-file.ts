/** Files in which docker and podman keep credentials: `config.json` and `auth.json`. */

import {
  asObject,
  asText,
  decodeBase64,
  decodeUtf8,
  type JsonObject,
  type JsonValue,
  parseJson,
} from '../../core/encoding/index.ts';
import { fail, reading } from '../../core/errors/index.ts';
import { Secret, utf8Bytes } from '../../node/index.ts';
import { type Credential, passwordCredential } from './credential.ts';
import { dockerHub, formatRepository, hubByItsName, type Repository } from './image-reference.ts';

const maxLength = 1024 * 1024;

/** The entry of a file for one repository. */
export interface CredentialEntry {
  /** The program that knows, asked first: `credHelpers` for this registry, or `credsStore` for all. */
  readonly helper: { readonly name: string; readonly server: string; readonly isForThisRegistry: boolean } | undefined;
  /** The credential in the file itself (`auths`). */
  readonly credential: Credential | undefined;
}

/**
 * Reads what a file says about a repository. A key may be a host, an address (`https://index.docker.io/v1/`) or, as podman
 * writes it, a host and the beginning of a name; the longest that names the repository counts.
 *
 * @throws CountersignError `CREDENTIALS_INVALID`, which shows nothing of what the file holds but names
 */
export function readCredentialFile(bytes: Uint8Array, path: string, repository: Repository): CredentialEntry {
  if (bytes.length > maxLength) fail('CREDENTIALS_INVALID', `${path} is too large: the limit is ${maxLength} bytes`);
  const file = members(
    reading('CREDENTIALS_INVALID', path, () =>
      parseJson(utf8Bytes(bytes, 'CREDENTIALS_INVALID', 'the file'), { maxDepth: 16 }),
    ),
    path,
  );
  const auths = members(file.auths ?? {}, `${path}: auths`);
  const key = bestKey(Object.keys(auths), repository);
  return {
    helper: readHelper(file, path, repository),
    credential: key === undefined ? undefined : readAuth(members(auths[key], `${path}: auths`), `${path}: auths`),
  };
}

/** Returns the name that docker uses for a registry when it runs a credential helper. */
function serverName({ registry }: Repository): string {
  return registry === dockerHub ? 'https://index.docker.io/v1/' : registry;
}

function readHelper(file: JsonObject, path: string, repository: Repository): CredentialEntry['helper'] {
  const helpers = members(file.credHelpers ?? {}, `${path}: credHelpers`);
  const key = bestKey(Object.keys(helpers), repository);
  const own = key === undefined ? undefined : text(helpers[key], `${path}: credHelpers`);
  // Empty, it says that this registry is in the file itself.
  const name = own ?? text(file.credsStore, `${path}: credsStore`);
  if (name === undefined || name === '') return undefined;
  return { name, server: serverName(repository), isForThisRegistry: own !== undefined };
}

function bestKey(keys: readonly string[], repository: Repository): string | undefined {
  return candidates(repository)
    .map((candidate) => keys.find((key) => normalise(key) === candidate))
    .find((key) => key !== undefined);
}

/** `ghcr.io/a/b`, `ghcr.io/a`, `ghcr.io`. Whole parts only: what is for `ghcr.io` is not for `ghcr.io.evil.example`. */
function candidates(repository: Repository): readonly string[] {
  const parts = formatRepository(repository).split('/');
  return parts.map((_, index) => parts.slice(0, parts.length - index).join('/'));
}

function normalise(key: string): string {
  // An address, as docker writes it, may end in the version of the API; without https:// that is a part of a name.
  const name = key.replace(/^(https?:\/\/[^/]+)\/v[12]\/?$/, '$1').replace(/^https?:\/\//, '');
  return hubByItsName(name.replace(/\/$/, ''));
}

function readAuth(entry: JsonObject, what: string): Credential | undefined {
  const identityToken = text(entry.identitytoken, `${what}: identitytoken`);
  if (identityToken) return { kind: 'identity-token', token: new Secret(identityToken) };
  const auth = text(entry.auth, `${what}: auth`);
  if (auth) return readUserAndPassword(auth, `${what}: auth`);
  const user = text(entry.username, `${what}: username`);
  const password = text(entry.password, `${what}: password`);
  if (!user || !password) return undefined;
  return passwordCredential(user, password, () =>
    fail('CREDENTIALS_INVALID', `${what}: the user name contains a colon`),
  );
}

function readUserAndPassword(auth: string, what: string): Credential {
  const refuse = (): never => fail('CREDENTIALS_INVALID', `${what} is not the base64 encoding of user:password`);
  const decoded = decodeUtf8(reading('CREDENTIALS_INVALID', what, () => decodeBase64(auth)));
  // Old versions of docker filled up with zeros.
  const both = (decoded ?? refuse()).replace(/\0+$/, '');
  const colon = both.indexOf(':');
  if (colon < 1) return refuse();
  return passwordCredential(both.slice(0, colon), both.slice(colon + 1), refuse);
}

function members(value: JsonValue | undefined, what: string): JsonObject {
  return asObject(value) ?? fail('CREDENTIALS_INVALID', `${what} is not a JSON object`);
}

function text(value: JsonValue | undefined, what: string): string | undefined {
  if (value === undefined || value === null) return undefined;
  return asText(value) ?? fail('CREDENTIALS_INVALID', `${what} is not a string`);
}
