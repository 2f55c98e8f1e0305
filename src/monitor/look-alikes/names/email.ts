import { domainParts, readHost } from './domain.ts';
import { lowerCase } from './lower-case.ts';
import type { EmailName, Part } from './name.ts';

/** Domains at which anyone can register an address. */
const publicProviders: ReadonlySet<string> = new Set(
  `126.com 163.com aol.com fastmail.com gmail.com gmx.com gmx.de gmx.net googlemail.com hey.com hotmail.com icloud.com live.com mac.com
  mail.com mail.ru mailbox.org me.com msn.com naver.com outlook.com pm.me posteo.de proton.me protonmail.com qq.com rediffmail.com tuta.com
  tutanota.com web.de yahoo.co.jp yahoo.com yandex.com yandex.ru zoho.com`.split(/\s+/),
);

/** Reads an e-mail address. `undefined` if it is not one. */
export function readEmail(text: string): EmailName | undefined {
  const [, local, domain] = /^(.+)@([^@]+)$/s.exec(lowerCase(text)) ?? [];
  if (local === undefined || domain === undefined) return undefined;
  const host = readHost(domain);
  const isPublicProvider = publicProviders.has(host.domain);
  // A colleague's address is given out by the administrators of the domain. At a public provider, anyone can register one.
  const localPart: Part = {
    name: 'local part',
    text: local,
    shown: local,
    within: host.domain,
    weight: isPublicProvider ? 1 : 0.5,
  };
  const anyone = domainParts(host, '');
  const samePerson = domainParts(host, local);
  return {
    kind: 'email',
    text,
    identity: mailbox(local, host.domain),
    holder: undefined,
    protectedParts: [localPart, ...(isPublicProvider ? samePerson : anyone)],
    parts: [localPart, ...samePerson, ...anyone],
    local,
    host,
    isPublicProvider,
  };
}

/** Returns the mailbox of an address. Gmail ignores dots and everything after a plus sign; no other account can have such a variant. */
function mailbox(local: string, domain: string): string {
  if (domain !== 'gmail.com' && domain !== 'googlemail.com') return `${local}@${domain}`;
  return `${local.replace(/\+.*$/s, '').replaceAll('.', '')}@gmail.com`;
}
