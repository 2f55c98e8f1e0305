import type { HostName, Name } from '../names/name.ts';
import type { Role } from './rule.ts';

/** Returns the host of a domain or an e-mail address; `undefined` for other names. */
export function hostOf(name: Name): HostName | undefined {
  return name.kind === 'domain' || name.kind === 'email' ? name.host : undefined;
}

/**
 * Returns the keys under which a text of a domain is found. The domain of a public e-mail provider is not that of the protected person: only
 * an address with the same local part imitates it.
 */
export function protectedAs(name: Name, text: string, role: Role): readonly string[] {
  if (name.kind !== 'email') return [text];
  const ofPerson = `${name.local}@${text}`;
  if (role === 'candidate') return [text, ofPerson];
  return [name.isPublicProvider ? ofPerson : text];
}
