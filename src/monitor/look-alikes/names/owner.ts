import { lowerCase } from './lower-case.ts';
import type { OwnerName, Part } from './name.ts';

export function readOwner(text: string): OwnerName {
  const owner = lowerCase(text);
  const parts = [ownerPart(text)];
  return { kind: 'owner', text, identity: owner, holder: owner, protectedParts: parts, parts };
}

/** Returns the part for an owner. GitHub's owners differ in more than case. */
export function ownerPart(shown: string): Part {
  return { name: 'owner', text: lowerCase(shown), shown, within: '', weight: 1 };
}
