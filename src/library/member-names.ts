/** Writes the names of options in messages as the library has them: messages name the inputs of the actions. */

import { CountersignError } from '../core/errors/index.ts';

/** The options of the library whose names are not those of inputs in camel case. */
const members: Readonly<Record<string, string>> = {
  'identity-token': 'token',
  'public-log: allow': 'allowPublicLog: true',
  'registry-username': 'account',
  'registry-password': 'account',
  bundle: 'bundles',
};

/** The inputs that are options of the library under the same name. */
const same: ReadonlySet<string> = new Set([
  'allow-dangerous-triggers',
  'allow-secrets',
  'identity-provider',
  'instance',
  'platform',
  'predicate',
  'retry-budget',
  'signing-config',
  'trusted-root',
  'tuf-root',
  'tuf-url',
]);

/** Returns a text with the names of options as the library has them: `allowSecrets: true` for `allow-secrets: true`. */
function inMembers(text: string): string {
  return text.replace(/`([a-z][a-z-]*)(?:: ([\w-]+))?`/g, (whole, name: string, value: string | undefined) => {
    const other = members[whole.slice(1, -1)] ?? members[name];
    if (other !== undefined) return `\`${other}\``;
    if (!same.has(name)) return whole;
    const member = name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
    if (value === undefined) return `\`${member}\``;
    return `\`${member}: ${value === 'true' ? value : `'${value}'`}\``;
  });
}

/** Returns the error with the names of options as the library has them. */
export function errorInMembers(error: CountersignError): CountersignError {
  const [message, remedy] = [inMembers(error.message), error.remedy && inMembers(error.remedy)];
  if (message === error.message && remedy === error.remedy) return error;
  const { code, cause = error } = error;
  return new CountersignError(code, message, { cause, ...(remedy !== undefined && { remedy }) });
}
