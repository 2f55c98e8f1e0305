/** The signing config (`dev.sigstore.trustroot.v1.SigningConfig`, v0.2): the services that a signer uses. It is no source of trust. */

import { ProtoField } from '../encoding/index.ts';
import { fail } from '../errors/index.ts';
import { isSafeUrl } from './safe-url.ts';
import { shownUrl } from './shown-url.ts';
import { covers, readValidityWindow, type ValidityWindow } from './validity-window.ts';

export interface Service {
  readonly url: string;
  readonly majorApiVersion: number;
  readonly validFor: ValidityWindow;
  readonly operator: string;
}

/** The number of services of a kind that must be used. */
export type ServiceSelector =
  | { readonly kind: 'any' }
  | { readonly kind: 'all' }
  | { readonly kind: 'exact'; readonly count: number };

export interface SigningConfig {
  readonly certificateAuthorities: readonly Service[];
  /** The issuers at which people log in. */
  readonly identityProviders: readonly Service[];
  readonly transparencyLogs: readonly Service[];
  readonly transparencyLogSelector: ServiceSelector | undefined;
  readonly timestampAuthorities: readonly Service[];
  readonly timestampAuthoritySelector: ServiceSelector | undefined;
}

/** The services of one run. */
export interface SelectedServices {
  readonly certificateAuthority: Service;
  readonly transparencyLogs: readonly Service[];
  readonly timestampAuthorities: readonly Service[];
}

/** The API versions that Countersign speaks. Fulcio's is 1 in the signing config although its paths say v2. */
const spoken = {
  certificateAuthority: [1],
  transparencyLog: [1, 2],
  timestampAuthority: [1],
  identityProvider: [1],
} as const;

/** A major version of Rekor's API. */
export type LogVersion = (typeof spoken.transparencyLog)[number];

const mediaType = 'application/vnd.dev.sigstore.signingconfig.v0.2+json';
const selectors = { SERVICE_SELECTOR_UNDEFINED: 0, ALL: 1, ANY: 2, EXACT: 3 } as const;
const maxLength = 1024 * 1024;
const maxServices = 64;

/**
 * Reads a signing config.
 *
 * @throws CountersignError `SIGNING_CONFIG_INVALID`
 */
export function readSigningConfig(json: string | Uint8Array): SigningConfig {
  const config = ProtoField.parse(json, 'SIGNING_CONFIG_INVALID', 'signingConfig', { maxLength });
  if (config.field('mediaType').string() !== mediaType) config.field('mediaType').fail(`is not ${mediaType}`);
  const services = (name: string) => config.field(name).list(maxServices).map(readService);
  return {
    certificateAuthorities: services('caUrls'),
    // Their URLs are checked when somebody logs in.
    identityProviders: config.field('oidcUrls').list(maxServices).map(readAnyService),
    transparencyLogs: services('rekorTlogUrls'),
    transparencyLogSelector: readSelector(config.field('rekorTlogConfig')),
    timestampAuthorities: services('tsaUrls'),
    timestampAuthoritySelector: readSelector(config.field('tsaConfig')),
  };
}

function readService(service: ProtoField): Service {
  checkServiceUrl(service.field('url'), service.field('url').text());
  return readAnyService(service);
}

function readAnyService(service: ProtoField): Service {
  return {
    url: service.field('url').text(),
    majorApiVersion: Number(service.field('majorApiVersion').uint64()),
    validFor: readValidityWindow(service.field('validFor')),
    operator: service.field('operator').string(),
  };
}

function checkServiceUrl(field: ProtoField, text: string): void {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isAccount = url !== undefined && (url.username !== '' || url.password !== '');
  if (url !== undefined && !isAccount && isSafeUrl(url)) return;
  const account = isAccount ? ' with credentials, which are not supported' : '';
  field.fail(`is ${JSON.stringify(shownUrl(text))}${account}; it must be an https URL, or an http URL of this machine`);
}

function readSelector(field: ProtoField): ServiceSelector | undefined {
  const selector = field.field('selector').enum(selectors);
  switch (selector) {
    case 'ANY':
      return { kind: 'any' };
    case 'ALL':
      return { kind: 'all' };
    case 'EXACT': {
      const count = Number(field.field('count').uint64());
      return count > 0 ? { kind: 'exact', count } : field.field('count').fail('is not a positive integer');
    }
    case 'SERVICE_SELECTOR_UNDEFINED':
      return undefined;
    default:
      return field.field('selector').fail('is not ANY, ALL or EXACT');
  }
}

/**
 * Chooses the services of a run: of those that are valid now and whose API we speak, the highest version first, then the
 * newest, at most one an operator.
 *
 * @param logVersion the one version of the log's API to use, where not the highest
 * @throws CountersignError `NO_SERVICE` if fewer remain than the config demands
 */
export function selectServices(config: SigningConfig, now: Date, logVersion?: LogVersion): SelectedServices {
  const [certificateAuthority] = usable(config.certificateAuthorities, spoken.certificateAuthority, now);
  if (certificateAuthority === undefined) {
    fail(
      'NO_SERVICE',
      'the signing config has no certificate authority that is valid now and has a supported API version',
      {
        remedy: upgrade(now),
      },
    );
  }
  return {
    certificateAuthority,
    transparencyLogs: choose(
      'transparency log',
      config.transparencyLogs,
      logVersion === undefined ? spoken.transparencyLog : [logVersion],
      config.transparencyLogSelector,
      now,
    ),
    timestampAuthorities: choose(
      'timestamp authority',
      config.timestampAuthorities,
      spoken.timestampAuthority,
      config.timestampAuthoritySelector,
      now,
    ),
  };
}

/**
 * Returns a transparency log besides those of a run, for their outage: the best that is valid now and has a supported API version. `undefined`
 * if there is none.
 */
export function selectSecondLog(
  { transparencyLogs }: Pick<SigningConfig, 'transparencyLogs'>,
  now: Date,
  chosen: readonly Pick<Service, 'url'>[],
): Service | undefined {
  const urls = new Set(chosen.map(({ url }) => url));
  return usable(transparencyLogs, spoken.transparencyLog, now).find(({ url }) => !urls.has(url));
}

/** Returns the issuer at which people log in; `undefined` if there is none. */
export function selectIdentityProvider(config: SigningConfig, now: Date): Service | undefined {
  return usable(config.identityProviders, spoken.identityProvider, now)[0];
}

function upgrade(now: Date): string {
  return `Update the signing config or Countersign. The services in this signing config may have been replaced. If both are current, check the clock of this machine; it shows ${now.toISOString()}.`;
}

function usable(services: readonly Service[], versions: readonly number[], now: Date): readonly Service[] {
  return services
    .filter((service) => versions.includes(service.majorApiVersion) && covers(service.validFor, now))
    .sort((a, b) => b.majorApiVersion - a.majorApiVersion || b.validFor.start.getTime() - a.validFor.start.getTime());
}

function choose(
  what: string,
  services: readonly Service[],
  versions: readonly number[],
  selector: ServiceSelector | undefined,
  now: Date,
): readonly Service[] {
  // A config that lists no service of a kind at all asks for none, unless it says how many.
  if (services.length === 0 && selector?.kind !== 'exact') return [];
  if (selector === undefined) fail('SIGNING_CONFIG_INVALID', `the signing config has no ${what} selector`);
  const operators = new Set<string>();
  const candidates = usable(services, versions, now).filter(({ operator, url }) => {
    const key = operator || url;
    return !operators.has(key) && operators.add(key);
  });
  const needed = selector.kind === 'exact' ? selector.count : 1;
  if (candidates.length < needed) {
    fail(
      'NO_SERVICE',
      `the signing config requires ${needed} of its ${what} services, but only ${candidates.length} can be used now`,
      {
        remedy: upgrade(now),
      },
    );
  }
  return selector.kind === 'all' ? candidates : candidates.slice(0, needed);
}
