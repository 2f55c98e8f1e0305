import type { OwnerName, Part } from './name.ts';

export function readOwner(text: string): OwnerName {
  const shown = text.trim();
  const owner = shown.toLowerCase();
  const parts = [ownerPart(shown)];
  return { kind: 'owner', text, identity: owner, holder: owner, protectedParts: parts, parts };
}

/** Returns the part for an owner. GitHub's owners differ in more than case. */
export function ownerPart(shown: string): Part {
  return { name: 'owner', text: shown.toLowerCase(), shown, within: '', weight: 1 };
}
