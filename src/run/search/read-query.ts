/** Reads the conditions of a search as people write them. */

import { hash } from 'node:crypto';
import { type Digest, parseDigest, readPublicKeyPem } from '../../core/crypto/index.ts';
import { decodeUtf8 } from '../../core/encoding/index.ts';
import { fail, reading } from '../../core/errors/index.ts';
import { digestFileWith, hashObserver } from '../../subject/index.ts';
import { parseInput, type World } from '../world/index.ts';
import type { SearchedKey, SearchQuery } from './query.ts';

/** The conditions as they are written. Paths are absolute. */
export interface SearchWishes {
  readonly file?: string | undefined;
  /** `sha256:<hex>` and the like. */
  readonly digest?: string | undefined;
  readonly identity?: string | undefined;
  readonly issuer?: string | undefined;
  /** `owner/name` on GitHub, or a URL. */
  readonly repo?: string | undefined;
  /** The path of a public key in PEM, or `sha256:<hex>` of one. */
  readonly key?: string | undefined;
}

/**
 * Reads the conditions.
 *
 * @throws CountersignError `USAGE` without a condition; `DIGEST_INVALID`, `KEY_INVALID`; those of reading the file
 */
export async function readSearchQuery(
  wishes: SearchWishes,
  world: Pick<World, 'files' | 'onHash' | 'demandAccepted'>,
): Promise<SearchQuery> {
  const { file, digest, identity, issuer, repo, key } = wishes;
  if (file !== undefined && digest !== undefined)
    fail('USAGE', 'a file and --digest cannot be combined', { remedy: 'Specify one of them.' });
  if (Object.values(wishes).every((wish) => wish === undefined))
    fail('USAGE', 'nothing to search for', {
      remedy: 'Specify a file, --digest, --identity, --repo, --issuer or --key.',
    });
  for (const [name, value] of Object.entries({ identity, issuer, repo }))
    if (value?.trim() === '') fail('USAGE', `--${name} is empty`);
  return {
    digests: file === undefined ? digestOf(digest) : await digestsOf(file, world),
    identity,
    issuer,
    repository: repo === undefined ? undefined : repositoryUri(repo),
    key: key === undefined ? undefined : await readKey(key, world),
  };
}

function digestOf(text: string | undefined): readonly Digest[] {
  return text === undefined ? [] : [reading('DIGEST_INVALID', '--digest', () => parseDigest(text))];
}

/** Returns the digests of a file in each algorithm, since the log may have any of them. */
function digestsOf(path: string, { files, onHash }: Pick<World, 'files' | 'onHash'>): Promise<readonly Digest[]> {
  return digestFileWith(files, { path }, ['sha256', 'sha384', 'sha512'], hashObserver(path, onHash));
}

function repositoryUri(text: string): string {
  if (/^https?:\/\/[^/\s]+\/[^\s]+$/.test(text)) return text.replace(/(?:\.git|\/)$/, '');
  if (/^[A-Za-z0-9_.-]+\/[A-Za-z0-9_.-]+$/.test(text)) return `https://github.com/${text}`;
  return fail('USAGE', `--repo is ${JSON.stringify(text)}, which is not a repository`, {
    remedy: 'Use owner/name for a repository on GitHub, or the URL of a repository.',
  });
}

async function readKey(text: string, world: Pick<World, 'files' | 'demandAccepted'>): Promise<SearchedKey> {
  const [, keyHash] = /^sha256:([0-9a-f]{64})$/i.exec(text) ?? [];
  if (keyHash !== undefined) return { keyHash: keyHash.toLowerCase(), spki: undefined };
  const { spki } = await parseInput(text, 'public key', world, (bytes) => readPublicKeyPem(decodeUtf8(bytes) ?? ''));
  return { keyHash: hash('sha256', spki), spki };
}
