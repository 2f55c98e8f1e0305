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
  const sameInstance = `Use the newest trusted root and signing config of the same Sigstore instance. If they are current, check the clock of this machine; it shows ${now.toISOString()}.`;
  const isValid = ({ validFor }: { readonly validFor: ValidityWindow }): boolean => covers(validFor, now);

  if (logs.length < thresholds.logEntries)
    fail(
      'SIGNING_CONFIG_INVALID',
      `${tooFew(logs.length, 'transparency log')}; each signature requires ${thresholds.logEntries}`,
      {
        remedy:
          'Add a log to the signing config (`rekorTlogUrls`, `rekorTlogConfig`). If your Sigstore instance has no log, set `insecure-ignore-tlog`.',
      },
    );
  const known = countKeys(trust.transparencyLogs.filter(isValid).map(({ publicKey }) => publicKey));
  if (known < logs.length)
    fail(
      'LOG_UNKNOWN',
      `the signing config has ${logs.length} transparency logs, but only ${known} in the trusted root are valid now`,
      {
        remedy: sameInstance,
      },
    );
  const ended = logs.find(({ url }) => {
    const listed = trust.transparencyLogs.filter(({ baseUrl }) => withoutSlash(baseUrl) === withoutSlash(url));
    return listed.length > 0 && !listed.some(isValid);
  });
  if (ended !== undefined)
    fail('LOG_UNKNOWN', `the transparency log ${shownUrl(ended.url)} is not valid now according to the trusted root`, {
      remedy: sameInstance,
    });

  const times = authorities.length + logs.filter(signsTime).length;
  if (times < thresholds.timestamps)
    fail(
      'SIGNING_CONFIG_INVALID',
      `${tooFew(authorities.length, 'timestamp authority')}, so there is no trusted time for signatures`,
      {
        remedy:
          'Add a timestamp authority to the signing config (`tsaUrls`, `tsaConfig`). Only Rekor v1 logs provide a trusted time.',
      },
    );
  if (authorities.length > 0 && !trust.timestampAuthorities.some(isValid))
    fail(
      'TIMESTAMP_UNTRUSTED',
      'the signing config has a timestamp authority, but the trusted root has none that is valid now',
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
