/** Bundles that files of other tools hold. Nothing is trusted because of the file around them. */

import { type Bundle, readBundle } from '../../core/bundle/index.ts';
import { asObject, type JsonObject, type JsonValue } from '../../core/encoding/index.ts';
import { CountersignError, fail } from '../../core/errors/index.ts';
import { malformedRubyGemsBundle } from './rubygems.ts';

/** A bundle in a file, by its place there. */
export interface WrappedBundle {
  /** The path of members and items: `attestations[0].bundle`; empty for the whole file. */
  readonly at: string;
  /**
   * Reads it as strictly as any other bundle.
   *
   * @throws CountersignError `FORMAT_UNSUPPORTED`; those of {@link readBundle}
   */
  readonly read: () => Bundle;
}

/** Reads a document of a format; returns `undefined` for a document of another format. */
export type FormatReader = (document: JsonValue) => readonly WrappedBundle[] | undefined;

/** More than any service returns at once. */
export const maxWrapped = 1000;

/** Reports whether an object is a bundle, right or broken. */
export function isBundleObject(value: JsonObject): boolean {
  const { mediaType = value.media_type } = value;
  if (typeof mediaType === 'string' && /sigstore\.bundle/i.test(mediaType)) return true;
  return ['verificationMaterial', 'messageSignature', 'dsseEnvelope'].some((name) => name in value);
}

/** Returns a value that should be a bundle, to be read later. */
export function wrapped(value: JsonValue, at: string): WrappedBundle {
  return {
    at,
    read: () => {
      try {
        // Written and parsed again, so that there is one reader of bundles.
        return readBundle(JSON.stringify(value));
      } catch (failure) {
        const object = asObject(value);
        if (!(failure instanceof CountersignError) || object === undefined) throw failure;
        throw malformedRubyGemsBundle(object) ?? failure;
      }
    },
  };
}

/** Returns an item that has no bundle that could be read, with the reason. */
export function withoutBundle(at: string, problem: string, remedy: string): WrappedBundle {
  return { at, read: () => fail('FORMAT_UNSUPPORTED', problem, { remedy }) };
}

/** Refuses a file with more bundles than are read. */
export function demandNotTooMany(count: number): void {
  if (count > maxWrapped) fail('LIMIT_EXCEEDED', `the file contains ${count} bundles; the limit is ${maxWrapped}`);
}
