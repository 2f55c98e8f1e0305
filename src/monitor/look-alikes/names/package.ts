import type { PackageName, Part } from './name.ts';

/** Reads the name of a package: `name`, or `@scope/name` of npm. */
export function readPackage(text: string): PackageName {
  const shown = text.trim();
  const [, scope, base = shown] = /^@([^/]+)\/(.+)$/s.exec(shown) ?? [];
  const whole: Part = {
    name: 'package name',
    text: shown.toLowerCase(),
    shown,
    within: '',
    weight: 1,
  };
  const parts =
    scope === undefined
      ? [whole]
      : [
          whole,
          { name: 'scope', text: scope.toLowerCase(), shown: scope, within: base.toLowerCase(), weight: 1 } as const,
        ];
  return {
    kind: 'package',
    text,
    // The case of a package name matters on npm, whose oldest packages have capitals.
    identity: shown,
    holder: scope?.toLowerCase(),
    protectedParts: parts,
    parts,
    scope: scope?.toLowerCase(),
    base: base.toLowerCase(),
  };
}
