import { domainToUnicode } from 'node:url';
import { parse } from 'tldts-icann';
import { lowerCase } from './lower-case.ts';
import type { DomainName, HostName, Part } from './name.ts';

/** Domains below which each customer has a subdomain. The public suffix list has them in its private section, which is not bundled. */
const sharedHosts: ReadonlySet<string> = new Set([
  'azurewebsites.net',
  'blogspot.com',
  'cloudfront.net',
  'codeberg.page',
  'firebaseapp.com',
  'fly.dev',
  'github.io',
  'gitlab.io',
  'herokuapp.com',
  'netlify.app',
  'pages.dev',
  'readthedocs.io',
  'sourceforge.io',
  'surge.sh',
  'vercel.app',
  'web.app',
  'workers.dev',
]);

/** Reads a host name. Internationalized labels are read as people see them. */
export function readHost(text: string): HostName {
  const host = unicode(lowerCase(text).replace(/\.$/, ''));
  const { domain, publicSuffix } = parse(host, { extractHostname: false, validateHostname: false });
  const registered = domain ?? host;
  const suffix = publicSuffix ?? '';
  const above = host.slice(0, Math.max(0, host.length - registered.length - 1));
  const subdomains = above === '' ? [] : above.split('.');
  const customer = subdomains.at(-1);
  if (customer !== undefined && sharedHosts.has(registered)) {
    return {
      label: customer,
      domain: `${customer}.${registered}`,
      suffix: registered,
      subdomains: subdomains.slice(0, -1),
    };
  }
  const label = suffix === '' ? registered : registered.slice(0, registered.length - suffix.length - 1);
  return { label, domain: registered, suffix, subdomains };
}

export function readDomain(text: string): DomainName {
  const host = readHost(text);
  const parts = domainParts(host, '');
  return { kind: 'domain', text, identity: host.domain, holder: host.domain, protectedParts: parts, parts, host };
}

/** Returns the label of a registrable domain as a part. */
export function domainParts({ label }: HostName, within: string): readonly Part[] {
  return [{ name: 'domain', text: label, shown: label, within, weight: 1 }];
}

/** Returns a host name with its internationalized labels (`xn--…`) in Unicode; unchanged if one of them is invalid. */
function unicode(host: string): string {
  if (!host.includes('xn--')) return host;
  return domainToUnicode(host) || host;
}
