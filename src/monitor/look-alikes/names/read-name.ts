import { readDomain } from './domain.ts';
import { readEmail } from './email.ts';
import type { Name, NameKind } from './name.ts';
import { readOwner } from './owner.ts';
import { readPackage } from './package.ts';
import { readRepository } from './repository.ts';
import { readWorkflow } from './workflow.ts';

const readers: Readonly<Record<NameKind, (text: string) => Name | undefined>> = {
  owner: readOwner,
  repo: readRepository,
  workflow: readWorkflow,
  email: readEmail,
  domain: readDomain,
  package: readPackage,
};

/** Longer texts name nothing of these kinds. */
const longest = 1024;

/**
 * Reads a name. `undefined` if it does not have the form of its kind, such as an e-mail address without `@`, or has more than 1,024
 * characters.
 */
export function readName(kind: NameKind, text: string): Name | undefined {
  return text.length > longest ? undefined : readers[kind](text);
}
