/** Refuses services whose bundles could not be verified, before anything is signed: log entries are permanent. */

import { countKeys } from '../../core/crypto/index.ts';
import { fail } from '../../core/errors/index.ts';
import { covers, type SelectedServices, type Service, shownUrl, type ValidityWindow } from '../../core/trust/index.ts';
import type { Instance } from '../world/index.ts';

/**
 * Demands that bundles of these services can meet the thresholds under the trusted root, as far as that is known before they answer. The
 * address of a log or authority need not be the one in the trusted root: only their number and validity count.
 *
 * @throws CountersignError `SIGNING_CONFIG_INVALID` if there are too few logs or sources of time; `LOG_UNKNOWN`, `TIMESTAMP_UNTRUSTED` if the
 *   trusted root does not know them
 */
export function demandVerifiable(
  services: SelectedServices,
  { trust, thresholds }: Pick<Instance, 'trust' | 'thresholds'>,
  now: Date,
): void {
  const { transparencyLogs: logs, timestampAuthorities: authorities } = services;
  const sameInstance = `Use a trusted root and a signing config of the same Sigstore, and the newest of both. If they are, check this machine's clock: it says ${now.toISOString()}.`;
  const isValid = ({ validFor }: { readonly validFor: ValidityWindow }): boolean => covers(validFor, now);

  if (logs.length < thresholds.logEntries)
    fail(
      'SIGNING_CONFIG_INVALID',
      `${tooFew(logs.length, 'transparency log')}; ${thresholds.logEntries} must hold each signature`,
      {
        remedy:
          'Add a log to the signing config (`rekorTlogUrls`, `rekorTlogConfig`). Only if your Sigstore has none: set `insecure-ignore-tlog`.',
      },
    );
  const known = countKeys(trust.transparencyLogs.filter(isValid).map(({ publicKey }) => publicKey));
  if (known < logs.length)
    fail(
      'LOG_UNKNOWN',
      `the signing config names ${logs.length} transparency logs; the trusted root has ${known} that are valid now`,
      {
        remedy: sameInstance,
      },
    );
  const ended = logs.find(({ url }) => {
    const listed = trust.transparencyLogs.filter(({ baseUrl }) => withoutSlash(baseUrl) === withoutSlash(url));
    return listed.length > 0 && !listed.some(isValid);
  });
  if (ended !== undefined)
    fail(
      'LOG_UNKNOWN',
      `the trusted root has the transparency log ${shownUrl(ended.url)} as one that is not valid now`,
      {
        remedy: sameInstance,
      },
    );

  const times = authorities.length + logs.filter(signsTime).length;
  if (times < thresholds.timestamps)
    fail(
      'SIGNING_CONFIG_INVALID',
      `${tooFew(authorities.length, 'timestamp authority')}, and nothing else proves when a signature was made`,
      {
        remedy:
          'Add a timestamp authority to the signing config (`tsaUrls`, `tsaConfig`): only logs of version 1 prove a time by themselves.',
      },
    );
  if (authorities.length > 0 && !trust.timestampAuthorities.some(isValid))
    fail(
      'TIMESTAMP_UNTRUSTED',
      'the trusted root has no timestamp authority that is valid now; the signing config names one',
      {
        remedy: sameInstance,
      },
    );
}

/** Reports whether a log signs the time of an entry. Rekor v2 does not. */
function signsTime({ majorApiVersion }: Service): boolean {
  return majorApiVersion === 1;
}

function tooFew(count: number, what: string): string {
  return count === 0 ? `the signing config has no ${what}` : `the signing config selects only ${count} ${what}`;
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, '');
}
