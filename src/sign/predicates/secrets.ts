/** Finds secrets in what is to be published: a predicate is public, and stays so. */

import { asList, asObject, type JsonValue } from '../../core/encoding/index.ts';

/** A place in a document that contains something like a secret. The secret itself is never part of it. */
export interface SecretPlace {
  /** JSON pointer (RFC 6901); the empty text is the whole document. */
  readonly pointer: string;
  readonly kind: string;
}

interface SecretPattern {
  readonly kind: string;
  readonly pattern: RegExp;
}

/** Each pattern is linear in the length of the text. Words around a token are not part of it. */
export const secretPatterns: readonly SecretPattern[] = [
  { kind: 'a private key', pattern: /-----BEGIN (?:[A-Z0-9]{1,20} ){0,3}PRIVATE KEY(?: BLOCK)?-----/ },
  { kind: 'a GitHub token', pattern: /\bgh[pousr]_[A-Za-z0-9]{36}/ },
  { kind: 'a fine-grained GitHub token', pattern: /\bgithub_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}/ },
  { kind: 'an npm token', pattern: /\bnpm_[A-Za-z0-9]{36}(?![A-Za-z0-9])/ },
  { kind: 'a PyPI token', pattern: /\bpypi-AgE[A-Za-z0-9_-]{50}/ },
  { kind: 'an AWS access key', pattern: /\b(?:AKIA|ASIA)[A-Z2-7]{16}(?![A-Za-z0-9])/ },
  { kind: 'a Google API key', pattern: /\bAIza[A-Za-z0-9_-]{35}(?![A-Za-z0-9_-])/ },
  { kind: 'a Google access token', pattern: /\bya29\.[A-Za-z0-9_-]{30}/ },
  { kind: 'an Azure storage key', pattern: /\bAccountKey=[A-Za-z0-9+/]{86}==/ },
  {
    kind: 'an Azure client secret',
    pattern: /(?<![A-Za-z0-9_~.-])[A-Za-z0-9_~.]{3}8Q~[A-Za-z0-9_~.-]{34}(?![A-Za-z0-9_~.-])/,
  },
  { kind: 'a Slack token', pattern: /\bxox[abeoprs]-[0-9]{6,}-[A-Za-z0-9-]{10}/ },
  { kind: 'a Slack webhook', pattern: /\bhooks\.slack\.com\/services\/T[A-Z0-9]{6,}\/B[A-Z0-9]{6,}\/[A-Za-z0-9]{20}/ },
  { kind: 'a JSON Web Token', pattern: /\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10}/ },
];

const maxFound = 10;

/** Returns the places of secrets, at most ten. Names of members are examined as well. */
export function findSecrets(document: JsonValue): readonly SecretPlace[] {
  const found: SecretPlace[] = [];
  const examine = (text: string, pointer: string): void => {
    for (const { kind, pattern } of secretPatterns)
      if (found.length < maxFound && pattern.test(text)) found.push({ pointer, kind });
  };
  const visit = (value: JsonValue, pointer: string): void => {
    if (typeof value === 'string') examine(value, pointer);
    for (const [index, item] of (asList(value) ?? []).entries()) visit(item, `${pointer}/${index}`);
    for (const [name, inner] of Object.entries(asObject(value) ?? {})) {
      const before = found.length;
      examine(name, pointer);
      // A name that is a secret must not be shown as a place.
      visit(inner, found.length > before ? pointer : `${pointer}/${escaped(name)}`);
    }
  };
  visit(document, '');
  return found;
}

function escaped(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
