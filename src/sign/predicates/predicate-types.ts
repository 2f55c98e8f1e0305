/** The types of predicates, and how people name them. */

import { asText, type JsonObject } from '../../core/encoding/index.ts';
import { fail } from '../../core/errors/index.ts';
import { cosignVuln } from './cosign-vuln.ts';
import { custom } from './custom.ts';
import { cyclonedx } from './cyclonedx.ts';
import { link } from './link.ts';
import { openvex } from './openvex.ts';
import type { PredicateType } from './predicate-type.ts';
import { release } from './release.ts';
import { slsaProvenance } from './slsa-provenance.ts';
import { spdx } from './spdx.ts';
import { testResult } from './test-result.ts';
import { vulns } from './vulns.ts';

/** All types. What is listed here can be attested; nothing else names them. */
export const predicateTypes: readonly PredicateType[] = [
  slsaProvenance,
  spdx,
  cyclonedx,
  testResult,
  vulns,
  cosignVuln,
  openvex,
  release,
  link,
  custom,
];

/** A type, with the URI of one of its versions. */
export interface NamedType {
  readonly type: PredicateType;
  readonly uri: string;
}

/** The words that name a type. */
export const predicateWords: readonly string[] = predicateTypes.flatMap(({ words }) => Object.keys(words));

const absoluteUri = /^[A-Za-z][A-Za-z0-9+.-]*:[\x21-\x7e]+$/;
const maxUriLength = 2048;

/**
 * Finds a type by one of its words, or by a URI. An unknown URI is of the type `custom`.
 *
 * @throws CountersignError `USAGE` for anything else
 */
export function namedType(name: string): NamedType {
  for (const type of predicateTypes) {
    const uri = Object.hasOwn(type.words, name) ? type.words[name] : undefined;
    if (uri !== undefined) return { type, uri };
  }
  if (!absoluteUri.test(name) || name.length > maxUriLength)
    fail('USAGE', `${JSON.stringify(name.slice(0, 100))} is not a predicate type`, {
      remedy: `Use a URI, or one of ${predicateWords.join(', ')}.`,
    });
  return { type: predicateTypes.find(({ uris }) => uris.includes(name)) ?? custom, uri: name };
}

/**
 * Finds the type of an SBOM by its content. The name of its file says nothing.
 *
 * @throws CountersignError `STATEMENT_INVALID` for another document, or a version that is not supported
 */
export function recogniseSbom(document: JsonObject): NamedType {
  for (const type of [spdx, cyclonedx]) {
    const uri = type.recognise?.(document);
    if (uri !== undefined) return { type, uri };
  }
  return fail('STATEMENT_INVALID', `it is not an SBOM${hint(document)}`, {
    remedy: 'Create an SBOM as JSON: SPDX 2.2, 2.3 or 3.0, or CycloneDX 1.4 to 1.7.',
  });
}

/** Names what people confuse with an SBOM. */
function hint({ _type, artifacts, schema }: JsonObject): string {
  if (asText(_type)?.startsWith('https://in-toto.io/Statement/')) return ' but a whole statement';
  return artifacts !== undefined && schema !== undefined ? " but in syft's own format" : '';
}
