/** Reads the inputs that both actions have: the subjects, and the account for registries. */

import { setSecret } from '@actions/core';
import { fail } from '../core/errors/index.ts';
import type { ArtifactReference } from '../fetch/index.ts';
import type { signRows } from '../options/index.ts';
import type { RegistryAccount } from '../run/world/index.ts';
import type { SubjectRequest } from '../subject/index.ts';
import type { InputValues } from './read-inputs.ts';

type SharedValues = Pick<
  InputValues<typeof signRows, 'sign'>,
  | 'files'
  | 'checksums'
  | 'digests'
  | 'subjectPath'
  | 'subjectChecksums'
  | 'subjectName'
  | 'subjectDigest'
  | 'filesArtifact'
  | 'filesArtifactId'
  | 'filesArtifactDigest'
  | 'registry'
  | 'registryUsername'
  | 'registryPassword'
>;

/** The shared inputs, combined, and the other inputs. */
export interface SharedInputs<Values extends SharedValues> {
  readonly subjects: SubjectRequest;
  /** The workflow artifact whose files are used instead of {@link subjects}. */
  readonly filesArtifact: ArtifactReference | undefined;
  readonly account: RegistryAccount | undefined;
  /** Images that the inputs of actions/attest name. */
  readonly attested: readonly string[];
  /** True if the inputs of actions/attest were used. */
  readonly likeAttest: boolean;
  readonly others: Omit<Values, keyof SharedValues>;
}

/**
 * Combines the shared inputs.
 *
 * @param asImage true if the inputs `subject-name` and `subject-digest` are an image
 * @throws CountersignError `USAGE`, naming the input
 */
export function readSharedInputs<Values extends SharedValues>(
  input: Values,
  verb: 'Sign' | 'Verify',
  asImage = false,
): SharedInputs<Values> {
  const {
    files,
    checksums,
    digests,
    subjectPath,
    subjectChecksums,
    subjectName,
    subjectDigest,
    filesArtifact,
    filesArtifactId,
    filesArtifactDigest,
    registry,
    registryUsername,
    registryPassword,
    ...others
  } = input;
  const attestDigest = readAttestDigest(input);
  const subjects = {
    files: [...files, ...subjectPath],
    checksums: [...checksums, ...subjectChecksums],
    digests: [...digests, ...(asImage ? [] : attestDigest)],
  };
  return {
    others,
    subjects,
    account: readAccount(input),
    filesArtifact: readArtifact(input, subjects, verb),
    // As actions/attest does: owners on GitHub may have capitals, names in registries may not.
    attested: asImage ? attestDigest.map((image) => image.toLowerCase()) : [],
    likeAttest: subjectPath.length > 0 || attestDigest.length > 0 || subjectChecksums.length > 0,
  };
}

/** Returns the workflow artifact, which is specified by its name, its id or both. A digest alone is not enough. */
function readArtifact(
  { filesArtifact: name, filesArtifactId: id, filesArtifactDigest: digest }: SharedValues,
  { files, checksums, digests }: SubjectRequest,
  verb: 'Sign' | 'Verify',
): ArtifactReference | undefined {
  // A file of the workspace and a file of the artifact may have the same name.
  if ((name ?? id ?? digest) !== undefined && files.length + checksums.length + digests.length > 0)
    fail('USAGE', '`files-artifact` cannot be combined with `files`, `checksums` or `digests`', {
      remedy: `${verb} them in separate steps.`,
    });
  if (id !== undefined) return { name, id, digest };
  if (name !== undefined) return { name, digest };
  if (digest === undefined) return undefined;
  return fail('USAGE', '`files-artifact-digest` is set, but no artifact is specified', {
    remedy: 'Set `files-artifact` or `files-artifact-id` as well.',
  });
}

/** Joins two inputs of actions/attest, which `digests` has as one line. */
function readAttestDigest({ subjectName: name, subjectDigest: digest }: SharedValues): readonly string[] {
  // A digest that an earlier step left empty must not silently omit its subject.
  if (digest === undefined && name !== undefined)
    fail('USAGE', 'the input `subject-name` is set, but `subject-digest` is not', { remedy: 'Set `subject-digest`.' });
  if (digest === undefined) return [];
  if (name === undefined)
    fail('USAGE', 'the input `subject-digest` is set, but `subject-name` is not', { remedy: 'Set `subject-name`.' });
  return [`${name}@${digest}`];
}

/**
 * Returns the registry account, if the inputs have one. The form in which HTTP sends it is masked in the log as well.
 *
 * @throws CountersignError `USAGE` if only one of user name and password is given
 */
function readAccount(input: SharedValues): RegistryAccount | undefined {
  const { registry, registryUsername: user, registryPassword: password } = input;
  if (password !== undefined) setSecret(Buffer.from(`${user ?? ''}:${password.reveal()}`).toString('base64'));
  if (user === undefined && password === undefined) return undefined;
  // A secret that is not set is empty: continuing without it would use another account.
  if (user === undefined || password === undefined)
    return fail('USAGE', '`registry-username` and `registry-password` must be set together; one of them is empty', {
      remedy: 'Set both. A secret is empty if the job has no access to it.',
    });
  return { registry, user, password };
}
