/** The forms that the value of an option can have. */

/** The form in which the value of an option is written, and so the way it is read. */
export type Form =
  | { readonly type: 'text' }
  /** A path: relative to the workspace for an action, to the current folder for a command. */
  | { readonly type: 'path' }
  /** Several values: an input splits its text, a command takes the option several times. */
  | { readonly type: 'list'; readonly separator: RegExp }
  | { readonly type: 'paths' }
  | { readonly type: 'switch' }
  | { readonly type: 'choice'; readonly values: Readonly<Record<string, unknown>> }
  /** A duration, read as milliseconds. */
  | { readonly type: 'duration' }
  /** A number from 1. */
  | { readonly type: 'count'; readonly max: number }
  /** A secret: an input holds it; a command takes the path of a file, since every user of a machine can read its command lines. */
  | { readonly type: 'secret' }
  /** A number of jobs, which has no default. */
  | { readonly type: 'job-count'; readonly max: number }
  | { readonly type: 'artifact-id' }
  | { readonly type: 'artifact-digest' };

export const text = { type: 'text' } as const;
export const path = { type: 'path' } as const;
export const list = { type: 'list', separator: /\n/ } as const;
/** A list as actions/attest splits it. */
export const commaList = { type: 'list', separator: /[\n,]/ } as const;
export const paths = { type: 'paths' } as const;
export const flag = { type: 'switch' } as const;
export const duration = { type: 'duration' } as const;
export const secret = { type: 'secret' } as const;
export const jobCount = { type: 'job-count', max: 1000 } as const;
export const artifactId = { type: 'artifact-id' } as const;
export const artifactDigest = { type: 'artifact-digest' } as const;

/** Returns the form of a value that is one of some words, with what each word means. */
export function choice<const Values extends Readonly<Record<string, unknown>>>(
  values: Values,
): { readonly type: 'choice'; readonly values: Values } {
  return { type: 'choice', values };
}

/** Returns an expression, which the runner evaluates, as the default of an input. */
export function expression(text: string): string {
  return `\${{ ${text} }}`;
}

/** Returns the form of a number from 1 to `max`. */
export function count(max: number): { readonly type: 'count'; readonly max: number } {
  return { type: 'count', max };
}
