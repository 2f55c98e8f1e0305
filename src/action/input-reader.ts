/** Reading inputs as GitHub's runner gives them: each a text, and empty if it is not given. */

import { resolve } from 'node:path';
import { getInput } from '@actions/core';
import { type Digest, toDigest } from '../core/crypto/index.ts';
import { decodeHex } from '../core/encoding/index.ts';
import { fail } from '../core/errors/index.ts';
import type { ArtifactReference } from '../fetch/index.ts';
import type { InstanceName } from '../run/world/index.ts';
import type { SubjectRequest } from '../subject/index.ts';

export interface InputDeclaration {
  readonly description: string;
  readonly default: string;
}

export const instanceNames = {
  'public-good': 'public-good',
  github: 'github',
  staging: 'staging',
  custom: 'custom',
  sandbox: 'sandbox',
} as const satisfies Record<string, InstanceName>;
export const truths = { true: true, false: false } as const;

const unitMilliseconds = { '': 1000, s: 1000, m: 60_000, h: 3_600_000 } as const;

type SubjectInputName =
  | 'files'
  | 'checksums'
  | 'digests'
  | 'subject-path'
  | 'subject-checksums'
  | 'subject-name'
  | 'subject-digest';

type FilesArtifactInputName = 'files-artifact' | 'files-artifact-id' | 'files-artifact-digest';

/** What is named, by the inputs that each action has for it, and by those of actions/attest. */
export interface SubjectInputs extends SubjectRequest {
  /** Images, by the inputs of actions/attest. */
  readonly attested: readonly string[];
  /** Whether those of actions/attest were used. */
  readonly likeAttest: boolean;
}

/** Reads the inputs of one action, whose names the compiler knows. Errors are `USAGE`, and name the input. */
export class InputReader<Name extends string> {
  readonly #workspace: string;

  constructor(workspace: string) {
    this.#workspace = workspace;
  }

  text(name: Name): string {
    return getInput(name);
  }

  /** `undefined` if it is not given. */
  optional(name: Name): string | undefined {
    return this.text(name) || undefined;
  }

  lines(name: Name, separator: RegExp = /\n/): readonly string[] {
    return this.text(name)
      .split(separator)
      .map((line) => line.trim())
      .filter((line) => line !== '');
  }

  /** A path, relative to the workspace. */
  path(name: Name): string | undefined {
    const given = this.optional(name);
    return given === undefined ? undefined : resolve(this.#workspace, given);
  }

  choice<Values extends Readonly<Record<string, unknown>>>(name: Name, values: Values): Values[keyof Values] {
    const given = this.text(name);
    if (Object.hasOwn(values, given)) return values[given as keyof Values];
    const allowed = Object.keys(values).filter((value) => value !== '');
    return fail('USAGE', `the input \`${name}\` is ${JSON.stringify(given)}`, {
      remedy: `Set it to ${allowed.join(', or ')}.`,
    });
  }

  /** In milliseconds. */
  duration(name: Name): number {
    const [, count, unit = ''] =
      /^(\d{1,6})\s*([smh]?)$/.exec(this.text(name)) ??
      fail('USAGE', `the input \`${name}\` is ${JSON.stringify(this.text(name))}`, {
        remedy: 'Write a duration as 90s, 5m or 1h.',
      });
    return Number(count) * unitMilliseconds[unit as keyof typeof unitMilliseconds];
  }

  count(name: Name, max: number): number {
    const given = this.text(name);
    const count = /^\d{1,3}$/.test(given) ? Number(given) : 0;
    if (count >= 1 && count <= max) return count;
    return fail('USAGE', `the input \`${name}\` is ${JSON.stringify(given)}`, {
      remedy: `Set it to a number from 1 to ${max}.`,
    });
  }

  /** @param asImage whether what actions/attest names by its digest is an image */
  subjects(this: InputReader<Name | SubjectInputName>, asImage = false): SubjectInputs {
    const attestDigest = this.#attestDigest();
    const attestPaths = this.lines('subject-path', /[\n,]/);
    return {
      files: [...this.lines('files'), ...attestPaths],
      checksums: [...this.lines('checksums'), ...this.lines('subject-checksums')],
      digests: [...this.lines('digests'), ...(asImage ? [] : attestDigest)],
      // As actions/attest does: owners on GitHub may have capitals, names in registries may not.
      attested: asImage ? attestDigest.map((image) => image.toLowerCase()) : [],
      likeAttest: attestPaths.length > 0 || attestDigest.length > 0 || this.text('subject-checksums') !== '',
    };
  }

  /**
   * Returns the workflow artifact whose files are meant in place of {@link subjects}: by its name, its id or both. Its digest alone
   * finds nothing.
   */
  filesArtifact(
    this: InputReader<Name | SubjectInputName | FilesArtifactInputName>,
    { files, checksums, digests }: SubjectRequest,
    verb: 'Sign' | 'Verify',
  ): ArtifactReference | undefined {
    const name = this.optional('files-artifact');
    const id = this.#artifactId();
    const digest = this.#artifactDigest();
    // A file of the workspace and one of the artifact may have one name.
    if ((name ?? id ?? digest) !== undefined && files.length + checksums.length + digests.length > 0)
      fail('USAGE', '`files-artifact` stands in place of `files`, `checksums` and `digests`', {
        remedy: `${verb} the two in steps of their own.`,
      });
    if (id !== undefined) return { name, id, digest };
    if (name !== undefined) return { name, digest };
    if (digest === undefined) return undefined;
    return fail('USAGE', '`files-artifact-digest` is the digest of no artifact that is named', {
      remedy: 'Set `files-artifact` or `files-artifact-id` as well.',
    });
  }

  #artifactId(this: InputReader<Name | FilesArtifactInputName>): number | undefined {
    const given = this.optional('files-artifact-id');
    if (given === undefined) return undefined;
    const id = /^[1-9]\d{0,15}$/.test(given) ? Number(given) : Number.NaN;
    if (Number.isSafeInteger(id)) return id;
    return fail('USAGE', `the input \`files-artifact-id\` is ${JSON.stringify(given)}`, {
      remedy: 'Set it to a positive whole number: the output `artifact-id` of actions/upload-artifact.',
    });
  }

  /** actions/upload-artifact gives the digits alone; `artifact-digest` of this action too. */
  #artifactDigest(this: InputReader<Name | FilesArtifactInputName>): Digest<'sha256'> | undefined {
    const given = this.optional('files-artifact-digest');
    if (given === undefined) return undefined;
    const [, hex] = /^(?:sha256:)?([0-9a-f]{64})$/i.exec(given) ?? [];
    if (hex !== undefined) return toDigest('sha256', decodeHex(hex.toLowerCase()));
    return fail('USAGE', `the input \`files-artifact-digest\` is ${JSON.stringify(given)}`, {
      remedy:
        'Set it to a SHA-256 digest, `sha256:…` or its 64 hexadecimal digits: the output `artifact-digest` of actions/upload-artifact.',
    });
  }

  /** actions/attest splits what `digests` has in one line into two inputs. */
  #attestDigest(this: InputReader<Name | SubjectInputName>): readonly string[] {
    const [name, digest] = [this.text('subject-name'), this.text('subject-digest')];
    // A digest that an earlier step left empty must not leave its subject out in silence.
    if (digest === '' && name !== '')
      fail('USAGE', 'the input `subject-name` needs a digest', { remedy: 'Set `subject-digest`.' });
    if (digest === '') return [];
    if (name === '') fail('USAGE', 'the input `subject-digest` needs a name', { remedy: 'Set `subject-name`.' });
    return [`${name}@${digest}`];
  }
}
