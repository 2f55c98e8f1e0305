/** Reads the documents that are to be attested, and checks them. All of it before a token is requested or anything is signed. */

import { resolve } from 'node:path';
import { type Digest, formatDigest, isHash, sharedDigests } from '../../core/crypto/index.ts';
import { asText, type JsonObject, parseJsonObject, utf8 } from '../../core/encoding/index.ts';
import { attempt, CountersignError, fail, inContext, systemCode } from '../../core/errors/index.ts';
import { maxPredicateValues, readStatement } from '../../core/statement/index.ts';
import { NotRegularFile, readRegularFile, utf8Text } from '../../node/index.ts';
import {
  custom,
  type Described,
  demandExact,
  findSecrets,
  holdsText,
  type NamedType,
  namedType,
  type PredicateDocument,
  predicateTypes,
  recogniseSbom,
} from '../../sign/predicates/index.ts';
import { type DigestSubject, subjectName } from '../../subject/index.ts';
import type { World } from '../world/index.ts';
import type { Attestation, AttestationSource, HashedSubject } from './attest.ts';
import type { ClaimRequest } from './claim-request.ts';

export interface LoadedClaims {
  readonly attestations: readonly AttestationSource[];
  /** The subjects that a statement names, if nothing else names any. */
  readonly stated?: readonly DigestSubject[];
}

interface Surroundings {
  /** The folder that paths are relative to, unless the request has another. */
  readonly folder: string;
  /** True if the request names no subjects. */
  readonly isAlone: boolean;
}

type Reading = Pick<World, 'files' | 'clock'>;

/** As long as GitHub accepts. */
const maxLength = 16 * 1024 * 1024;

/**
 * Returns what is to be attested.
 *
 * @throws CountersignError `USAGE` for options that contradict each other, or a file that cannot be read; `JSON_INVALID`, `LIMIT_EXCEEDED`,
 *   `STATEMENT_INVALID`; `PREDICATE_TYPE_MISMATCH` for a document of another type than stated; `SECRET_REFUSED`
 */
export async function loadClaims(
  request: ClaimRequest,
  { folder, isAlone }: Surroundings,
  world: Reading,
): Promise<LoadedClaims> {
  demandOneKind(request);
  const { sbomPath, statement, attest = [], allowSecrets = false, documentFolder = folder } = request;
  const at = (path: string): string => resolve(documentFolder, path);
  if (statement !== undefined) {
    const source = await readSource(at(statement), statement, world);
    return statementClaim(source, request, isAlone);
  }
  const claim = (type: string | undefined, source: Source): AttestationSource =>
    documentClaim(type, source, allowSecrets);
  if (sbomPath !== undefined)
    return { attestations: [claim(undefined, await readSource(at(sbomPath), sbomPath, world))] };
  if (attest.length === 0) {
    const { predicateType, source } = await customSource(request, at, world);
    return { attestations: [claim(predicateType, source)] };
  }
  const attestations: AttestationSource[] = [];
  for (const [index, line] of attest.entries()) {
    if (attest.indexOf(line) !== index)
      fail('USAGE', `\`attestations\` has ${JSON.stringify(line)} twice`, { remedy: 'Remove one of them.' });
    if (line === 'provenance') attestations.push({ kind: 'provenance' });
    else {
      const { type, path } = splitLine(line);
      attestations.push(claim(type, await readSource(at(path), path, world)));
    }
  }
  return { attestations };
}

function demandOneKind({
  sbomPath,
  predicateType,
  predicate,
  predicatePath,
  statement,
  attest = [],
}: ClaimRequest): void {
  const kinds = [
    ...(sbomPath === undefined ? [] : ['`sbom-path`']),
    ...customOption({ predicate, predicatePath }),
    // A statement may have its expected type beside it.
    ...(predicateType === undefined || (statement ?? predicate ?? predicatePath) !== undefined
      ? []
      : ['`predicate-type`']),
    ...(statement === undefined ? [] : ['`statement`']),
    ...(attest.length === 0 ? [] : ['`attestations`']),
  ];
  if (kinds.length > 1)
    fail('USAGE', `${kinds.join(' and ')} cannot be combined`, {
      remedy: 'List all of them in `attestations`, or use a step for each.',
    });
}

function customOption({ predicate, predicatePath }: ClaimRequest): readonly string[] {
  if (predicatePath !== undefined) return ['`predicate-path`'];
  return predicate === undefined ? [] : ['`predicate`'];
}

/** A document, with its name for errors. */
interface Source extends PredicateDocument {
  readonly title: string;
}

async function customSource(
  { predicateType, predicate, predicatePath }: ClaimRequest,
  at: (path: string) => string,
  world: Reading,
): Promise<{ readonly predicateType: string; readonly source: Source }> {
  if (predicateType === undefined)
    return fail('USAGE', 'a predicate is specified, but not its type', { remedy: 'Set `predicate-type`.' });
  if (predicate !== undefined && predicatePath !== undefined)
    return fail('USAGE', '`predicate` and `predicate-path` cannot be combined', { remedy: 'Remove one of them.' });
  if (predicatePath !== undefined)
    return { predicateType, source: await readSource(at(predicatePath), predicatePath, world) };
  if (predicate === undefined)
    return fail('USAGE', 'the type of a predicate is specified, but no predicate', {
      remedy: 'Set `predicate-path` or `predicate`.',
    });
  if (Buffer.byteLength(predicate) > maxLength) failLength('the input `predicate`');
  return { predicateType, source: sourceOf('the input `predicate`', predicate, world) };
}

/** Splits `TYPE=PATH`. The path may contain an equals sign. */
function splitLine(line: string): { readonly type: string | undefined; readonly path: string } {
  const at = line.indexOf('=');
  const [type, path] = [line.slice(0, at).trim(), line.slice(at + 1).trim()];
  if (at < 1 || type === '' || path === '')
    fail('USAGE', `\`attestations\` has ${JSON.stringify(line)}, which is not valid`, {
      remedy: 'Use `provenance`, or a type and a path, such as `sbom=sbom.spdx.json`.',
    });
  return { type: type === 'sbom' ? undefined : type, path };
}

async function readSource(path: string, shown: string, world: Reading): Promise<Source> {
  const title = `the document ${JSON.stringify(shown)}`;
  const bytes = await readRegularFile(world.files, path, maxLength).catch((cause: unknown) => failToRead(title, cause));
  return sourceOf(title, utf8Text(bytes, 'JSON_INVALID', title), world);
}

function failToRead(title: string, cause: unknown): never {
  if (cause instanceof CountersignError && cause.code === 'LIMIT_EXCEEDED') failLength(title, cause);
  const isMissing = systemCode(cause) === 'ENOENT' || systemCode(cause) === 'ENOTDIR';
  if (!isMissing && !(cause instanceof NotRegularFile) && systemCode(cause) === undefined) throw cause;
  const problem =
    cause instanceof NotRegularFile ? 'is not a regular file' : isMissing ? 'does not exist' : 'cannot be read';
  fail('USAGE', `${title} ${problem}`, { cause, remedy: 'Specify the path of the document.' });
}

function failLength(title: string, cause?: unknown): never {
  fail('LIMIT_EXCEEDED', `${title} is larger than 16 MiB`, {
    cause,
    remedy: 'Shorten it, or publish it as a file, and attest a predicate with its digest.',
  });
}

function sourceOf(title: string, text: string, { clock }: Reading): Source {
  let members: JsonObject | undefined;
  return {
    title,
    text,
    readAt: clock(),
    get members() {
      members ??= within(title, () => parseDocument(text));
      return members;
    },
  };
}

function parseDocument(text: string): JsonObject {
  const parsed = parseJsonObject(text, { maxLength, maxValues: maxPredicateValues });
  return parsed ?? fail('STATEMENT_INVALID', 'it is not a JSON object', { remedy: 'A predicate is a JSON object.' });
}

/** Names the document in the errors of reading it. */
function within<Result>(title: string, read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof CountersignError)) throw error;
    const { code, message, remedy = 'Create the document again.' } = inContext(error.code, title, error);
    throw new CountersignError(code, message, { cause: error, remedy });
  }
}

/** @param type a word or a URI; `undefined` for an SBOM that is recognised by its content */
function documentClaim(type: string | undefined, source: Source, allowSecrets: boolean): AttestationSource {
  const { title } = source;
  const said = type === undefined ? undefined : namedType(type);
  return within(title, () => {
    const named = said ?? recogniseSbom(source.members);
    const claim = checkedClaim(named, source, allowSecrets);
    const described = named.type.describes?.(claim.predicate) ?? [];
    return {
      kind: 'claim',
      claim,
      name: named.type.name,
      ...(described.length > 0 && aboutDescribed(described, title)),
    };
  });
}

/** Reads a document as a claim, and refuses what must not be signed. */
function checkedClaim(
  { type, uri }: NamedType,
  source: PredicateDocument,
  allowSecrets: boolean,
): Attestation['claim'] {
  if (!holdsText(uri)) demandType({ type, uri }, source.members);
  const claim = type.read(source, uri);
  demandExact(claim.predicate);
  if (!allowSecrets) demandNoSecrets(claim.predicate);
  return claim;
}

/** Demands that a document does not say that it is of another type. */
function demandType({ type, uri }: NamedType, document: JsonObject): void {
  if (asText(document._type)?.startsWith('https://in-toto.io/Statement/'))
    fail('PREDICATE_TYPE_MISMATCH', `it is a whole statement, not a predicate of the type ${uri}`, {
      remedy: 'Sign it with `statement`.',
    });
  if (type === custom) return;
  const other = predicateTypes.find((one) => one !== type && attempt(() => one.recognise?.(document)) !== undefined);
  if (other !== undefined)
    fail('PREDICATE_TYPE_MISMATCH', `it is of the type ${other.name}, not ${type.name}`, {
      remedy: 'Specify the type of the document, or another document.',
    });
}

function demandNoSecrets(document: JsonObject): void {
  const found = findSecrets(document);
  if (found.length === 0) return;
  const places = found.map(({ kind, pointer }) => `${kind} at ${JSON.stringify(pointer)}`);
  fail('SECRET_REFUSED', `it contains something like ${places.join(', ')}`, {
    remedy:
      'Remove it from the document, and revoke it if others have seen it. If it is not a secret, set `allow-secrets: true`.',
  });
}

/** Limits a claim to the subjects that its document describes. */
function aboutDescribed(
  described: readonly Described[],
  title: string,
): Pick<Attestation, 'isAbout' | 'demand' | 'algorithms'> {
  const isAbout = (subject: HashedSubject): boolean => described.some((one) => agrees(one, digestsOf(subject)));
  return {
    isAbout,
    demand: (subjects) => {
      if (subjects.some(isAbout)) return;
      const stated = described.flat().slice(0, 3).map(formatDigest).join(', ');
      const [only] = subjects.length === 1 ? subjects : [];
      const wanted = only === undefined ? 'none of the subjects' : `not ${subjectName(only.subject)}`;
      fail('ARTIFACT_MISMATCH', `${title} describes ${stated}, which is ${wanted}`, {
        remedy:
          'Create the document from the artifact that is signed. For an image with several platforms, that is the manifest of one platform: set `recursive`.',
      });
    },
    algorithms: described.flat().map(({ algorithm }) => algorithm),
  };
}

/** Reports whether two lists of digests are of one artifact: they share an algorithm, and no digest differs. */
function agrees(stated: readonly Digest[], known: readonly Digest[]): boolean {
  return sharedDigests(known, stated).length > 0;
}

function digestsOf({ digest, others = [] }: HashedSubject): readonly Digest[] {
  return [digest, ...others];
}

function statementClaim(
  source: Source,
  { predicateType: said, allowSecrets = false }: ClaimRequest,
  isAlone: boolean,
): LoadedClaims {
  const { title } = source;
  const statement = utf8(source.text);
  return within(title, () => {
    const { subjects: stated, predicateType, predicate } = readStatement(statement);
    const subjects = stated.map(({ name, digests }) => ({ name, digests: digests.filter(isHash) }));
    const { type } = namedType(predicateType);
    if (said !== undefined && !isSaid(said, predicateType))
      fail('PREDICATE_TYPE_MISMATCH', `its type is ${predicateType}, not ${said}`, {
        remedy: 'Correct `predicate-type`, or specify another statement.',
      });
    for (const [index, { digests }] of subjects.entries())
      if (digests.length === 0)
        fail('STATEMENT_INVALID', `subject[${index}] has no digest of an algorithm that verifiers compare`, {
          remedy: 'Add a `sha256` digest to each subject.',
        });
    if (type !== custom) {
      demandType({ type, uri: predicateType }, predicate);
      type.read({ text: '', members: predicate, readAt: source.readAt }, predicateType);
    }
    if (!allowSecrets) demandNoSecrets(source.members);
    const described = type.describes?.(predicate) ?? [];
    if (described.length > 0 && !described.some((one) => subjects.some(({ digests }) => agrees(one, digests))))
      fail('ARTIFACT_MISMATCH', 'its predicate describes an artifact that is not one of its subjects', {
        remedy: 'Create the statement again, about the artifact that the predicate describes.',
      });
    const claim: AttestationSource = {
      kind: 'claim',
      claim: { predicateType, predicate },
      name: type.name,
      statement,
      algorithms: subjects.flatMap(({ digests }) => digests.map(({ algorithm }) => algorithm)),
      ...(!isAlone && { demand: (hashed) => demandSameSubjects(subjects, hashed, title) }),
    };
    return { attestations: [claim], ...(isAlone && { stated: subjects.map(statedSubject) }) };
  });
}

/** Reports whether a statement has the type that was said: this URI, or any version of a word. */
function isSaid(said: string, predicateType: string): boolean {
  const { type, uri } = namedType(said);
  return uri === predicateType || (Object.hasOwn(type.words, said) && type.uris.includes(predicateType));
}

/** A subject of a statement, with the digests of content alone: those of files and images. */
interface ContentSubject {
  readonly name: string;
  readonly digests: readonly Digest[];
}

function demandSameSubjects(
  subjects: readonly ContentSubject[],
  hashed: readonly HashedSubject[],
  title: string,
): void {
  const isListed = (one: HashedSubject): boolean => subjects.some(({ digests }) => agrees(digests, digestsOf(one)));
  const remedy =
    'Write the statement about exactly the subjects of this step, or specify no subjects to sign it as it is.';
  const left = hashed.find((one) => !isListed(one));
  if (left !== undefined) fail('ARTIFACT_MISMATCH', `${title} is not about ${subjectName(left.subject)}`, { remedy });
  const more = subjects.find(({ digests }) => !hashed.some((one) => agrees(digests, digestsOf(one))));
  if (more !== undefined)
    fail(
      'ARTIFACT_MISMATCH',
      `${title} is also about ${JSON.stringify(more.name)}, which is not a subject of this step`,
      {
        remedy,
      },
    );
}

function statedSubject({ name, digests }: ContentSubject, index: number): DigestSubject {
  const digest = digests.find(({ algorithm }) => algorithm === 'sha256') ?? digests[0];
  return {
    kind: 'digest',
    name,
    digest: digest ?? fail('STATEMENT_INVALID', `subject[${index}] has no digest`),
    origin: `\`statement\`, subject ${index + 1}`,
  };
}
