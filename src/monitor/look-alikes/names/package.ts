import { lowerCase } from './lower-case.ts';
import type { PackageName, Part } from './name.ts';

/** Reads the name of a package: `name`, or `@scope/name` of npm. */
export function readPackage(text: string): PackageName {
  const [, scope, base = text] = /^@([^/]+)\/(.+)$/s.exec(text) ?? [];
  const lowerScope = scope === undefined ? undefined : lowerCase(scope);
  const whole: Part = {
    name: 'package name',
    text: lowerCase(text),
    shown: text,
    within: '',
    weight: 1,
  };
  const parts =
    scope === undefined
      ? [whole]
      : [whole, { name: 'scope', text: lowerCase(scope), shown: scope, within: lowerCase(base), weight: 1 } as const];
  return {
    kind: 'package',
    text,
    // The case of a package name matters on npm, whose oldest packages have capitals.
    identity: text,
    holder: lowerScope,
    protectedParts: parts,
    parts,
    scope: lowerScope,
    base: lowerCase(base),
  };
}
