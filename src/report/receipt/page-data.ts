/**
 * The data of a page: a receipt, or the verifier without one. It is in script elements that are not run: `data`, `bundle`, and one for each
 * trusted root.
 */

import { parseDigest } from '../../core/crypto/index.ts';
import {
  asList,
  asObject,
  asText,
  type JsonObject,
  type JsonValue,
  parseJsonObject,
} from '../../core/encoding/index.ts';
import { fail, reading } from '../../core/errors/index.ts';
import {
  type Artifact,
  artifactOfDigest,
  type Bundle,
  type Policy,
  readBundle,
  readTrustedRoot,
  type TrustedRoot,
} from '../../core/verify/index.ts';
import { policyData, readPolicyData } from './policy-data.ts';

/** The texts of the script elements. */
export interface PageTexts {
  readonly data: string;
  readonly bundle: string | undefined;
  readonly trustedRoots: readonly string[];
}

/** A trusted root with the policy that holds under it. */
export interface PageRoot {
  readonly trust: TrustedRoot;
  readonly policy: Policy;
}

export type PageData =
  | {
      readonly kind: 'receipt';
      readonly file: string;
      /** The digests of the file. */
      readonly artifact: Artifact;
      readonly bundle: Bundle;
      readonly roots: readonly [PageRoot, ...PageRoot[]];
    }
  /** The verifier, with the trusted root of an instance as it was on a day. */
  | { readonly kind: 'verifier'; readonly trust: TrustedRoot; readonly obtained: Date };

/** What a receipt is written from. */
export interface ReceiptContent {
  readonly file: string;
  /** The digests of the file that the signature needs: `sha256:…`. */
  readonly digests: readonly string[];
  /** The bundle as it was read: JSON. */
  readonly bundle: string;
  readonly roots: readonly { readonly trustedRoot: string; readonly policy: Policy }[];
}

/** Returns the texts of a receipt. */
export function receiptTexts({ file, digests, bundle, roots }: ReceiptContent): PageTexts {
  const policies = roots.map(({ policy }) => policyData(policy));
  return {
    data: JSON.stringify({ version: 1, kind: 'receipt', file, digests, policies }),
    bundle: bundle.trim(),
    trustedRoots: roots.map(({ trustedRoot }) => trustedRoot.trim()),
  };
}

/** Returns the texts of the verifier. @param obtained the day of the trusted root: `2026-08-01` */
export function verifierTexts(trustedRoot: string, obtained: string): PageTexts {
  const data = JSON.stringify({ version: 1, kind: 'verifier', obtained });
  return { data, bundle: undefined, trustedRoots: [trustedRoot.trim()] };
}

const maxRoots = 64;

/**
 * Reads the texts of a page, strictly: a page may have been edited.
 *
 * @throws CountersignError `JSON_INVALID`, `DIGEST_INVALID`, `POLICY_INVALID`, and those of bundles and trusted roots
 */
export function readPageTexts({ data: text, bundle, trustedRoots }: PageTexts): PageData {
  const data =
    reading('JSON_INVALID', 'the data of the page', () => parseJsonObject(text)) ?? refuse('is not an object');
  if (data.version !== 1) refuse('has another version');
  const [first, ...others] = trustedRoots;
  if (first === undefined || trustedRoots.length > maxRoots) return refuse('has no trusted root, or too many');
  if (data.kind === 'verifier') {
    members(data, ['version', 'kind', 'obtained']);
    if (others.length > 0 || bundle !== undefined) refuse('has more than one trusted root');
    return { kind: 'verifier', trust: readTrustedRoot(first), obtained: day(data.obtained) };
  }
  if (data.kind !== 'receipt') refuse('is of an unknown kind');
  members(data, ['version', 'kind', 'file', 'digests', 'policies']);
  const policies = asList(data.policies) ?? refuse('has no policies');
  if (policies.length !== trustedRoots.length) refuse('does not have a policy for each trusted root');
  const root = (trustedRoot: string, index: number): PageRoot => {
    const policy = asObject(policies[index]) ?? refuse('has a policy that is not an object');
    return { trust: readTrustedRoot(trustedRoot), policy: readPolicyData(policy) };
  };
  return {
    kind: 'receipt',
    file: asText(data.file) || refuse('has no file name'),
    artifact: artifactOfDigest(...digests(data.digests)),
    bundle: readBundle(bundle ?? refuse('has no bundle')),
    roots: [root(first, 0), ...others.map((other, index) => root(other, index + 1))],
  };
}

function digests(value: JsonValue | undefined) {
  const texts = asList(value) ?? [];
  const read = texts.map((text) => parseDigest(asText(text) ?? ''));
  const algorithms = new Set(read.map(({ algorithm }) => algorithm));
  if (read.length === 0 || algorithms.size !== read.length) refuse('must have digests, of different algorithms');
  return read;
}

function day(value: JsonValue | undefined): Date {
  const text = asText(value) ?? '';
  const date = new Date(/^\d{4}-\d\d-\d\d$/.test(text) ? text : Number.NaN);
  return Number.isNaN(date.getTime()) ? refuse('has no date') : date;
}

function members(data: JsonObject, names: readonly string[]): void {
  const unknown = Object.keys(data).find((name) => !names.includes(name));
  if (unknown !== undefined) refuse(`has the unknown member ${JSON.stringify(unknown)}`);
}

function refuse(reason: string): never {
  return fail('JSON_INVALID', `the data of the page ${reason}`, { remedy: 'Use the page as it was written.' });
}
