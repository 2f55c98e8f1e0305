/**
 * GITHUB_ARTIFACTS and GITHUB_ARTIFACTS_LIST: steps declare their artifacts, one a line; the runner hashes them after the step, and later
 * steps of the job read the list.
 */

import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { decodeFileCommand } from '../../../sandbox/runner/file-commands.ts';
import { splitLines } from '../../../sandbox/runner/lines.ts';
import { fail } from '../../../src/core/errors/index.ts';

export interface ArtifactSubject {
  readonly name: string;
  /** `sha256:` and hexadecimal digits; of an image, of SHA-384 or SHA-512 too. */
  readonly digest: string;
  readonly kind: 'file' | 'oci';
}

/** The size of the largest file of declarations, in bytes. */
export const artifactsFileLimit = 1024 * 1024;

/** The largest number of artifacts of a job. */
export const artifactSubjectLimit = 500;

/** The artifacts that the steps of a job have declared so far. */
export class ArtifactSubjects {
  readonly #subjects = new Map<string, ArtifactSubject>();

  get size(): number {
    return this.#subjects.size;
  }

  /** Returns the artifacts, sorted by name. */
  get list(): readonly ArtifactSubject[] {
    return [...this.#subjects.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** Returns the text of GITHUB_ARTIFACTS_LIST. */
  toJson(): string {
    return JSON.stringify({ version: 1, subjects: this.list });
  }

  /**
   * Adds what a step wrote to GITHUB_ARTIFACTS.
   *
   * @returns how many are new
   * @throws CountersignError `USAGE`; the step fails, and of a file with a malformed line nothing is added
   */
  declare(bytes: Uint8Array, workspace: string): number {
    if (bytes.length > artifactsFileLimit) {
      const kibibytes = (length: number): number => Math.floor(length / 1024);
      fail(
        'USAGE',
        `$GITHUB_ARTIFACTS file exceeds the maximum size of ${kibibytes(artifactsFileLimit)} KiB (got ${kibibytes(bytes.length)} KiB).`,
      );
    }
    const declared: { readonly line: number; readonly subject: ArtifactSubject }[] = [];
    for (const [index, text] of splitLines(decodeFileCommand(bytes)).entries()) {
      const entry = text.trim();
      if (entry === '' || entry.startsWith('#')) continue;
      declared.push({ line: index + 1, subject: readEntry(entry, workspace, index + 1) });
    }
    return declared.filter(({ line, subject }) => this.#add(subject, line)).length;
  }

  /** Adds an artifact. Returns false if it is known, and refuses a second digest for the same name. */
  #add(subject: ArtifactSubject, line: number): boolean {
    const known = this.#subjects.get(subject.name);
    if (known?.digest === subject.digest) return false;
    if (known !== undefined) {
      refuse(
        line,
        `Conflicting digest for artifact '${subject.name}': previously declared as '${known.digest}', now declared as '${subject.digest}'.`,
      );
    }
    if (this.size >= artifactSubjectLimit) {
      refuse(line, `The job has exceeded the maximum of ${artifactSubjectLimit} declared artifacts.`);
    }
    this.#subjects.set(subject.name, subject);
    return true;
  }
}

const hexLengths: Readonly<Record<string, number>> = { sha256: 64, sha384: 96, sha512: 128 };

function readEntry(entry: string, workspace: string, line: number): ArtifactSubject {
  if (entry.includes('=')) refuse(line, "entries containing '=' are reserved and not permitted");
  const [, scheme, rest = ''] = /^([a-z][a-z0-9+.-]*):\/\/(.*)$/i.exec(entry) ?? [];
  switch (scheme?.toLowerCase()) {
    case 'file':
      if (rest.trim() === '') refuse(line, 'file:// entries must include a path');
      return hashFile(rest, workspace, line);
    case 'oci': {
      const image = readImage(rest) ?? refuse(line, 'oci:// entries must include an @sha{256,384,512}:<hex> digest');
      if (!hasRightLength(image)) refuse(line, `the digest of '${image.name}' does not have the length of its kind`);
      return image;
    }
    case undefined: {
      const image = readImage(entry);
      return image !== undefined && hasRightLength(image) ? image : hashFile(entry, workspace, line);
    }
    default:
      return refuse(line, 'unsupported URI scheme');
  }
}

function readImage(text: string): ArtifactSubject | undefined {
  const [, name, algorithm, hex] = /^(.+)@(sha(?:256|384|512)):([0-9a-fA-F]+)$/.exec(text) ?? [];
  if (name === undefined || algorithm === undefined || hex === undefined) return undefined;
  return { name, digest: `${algorithm}:${hex.toLowerCase()}`, kind: 'oci' };
}

function hasRightLength({ digest }: ArtifactSubject): boolean {
  const [algorithm = '', hex = ''] = digest.split(':');
  return hex.length === hexLengths[algorithm];
}

/** Hashes a file, by its path relative to the workspace. Its name is the last part of the path. */
function hashFile(path: string, workspace: string, line: number): ArtifactSubject {
  const absolute = resolve(workspace, path);
  const found = statSync(absolute, { throwIfNoEntry: false });
  if (found?.isDirectory() === true) refuse(line, `'${path}' is a directory, not a regular file`);
  if (found?.isFile() !== true) refuse(line, `file '${path}' does not exist`);
  const hex = createHash('sha256').update(readFileSync(absolute)).digest('hex');
  return { name: basename(absolute), digest: `sha256:${hex}`, kind: 'file' };
}

function refuse(line: number, why: string): never {
  fail('USAGE', `Invalid $GITHUB_ARTIFACTS entry on line ${line}: ${why}`);
}
