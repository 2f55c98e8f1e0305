/** `countersign errors` */

import { CountersignError, type ErrorCode, fail, loadErrorReference } from '../core/errors/index.ts';
import { orFailureJson, printJson } from './json-output.ts';
import { inFlags } from './option-names.ts';

type Reference = Awaited<ReturnType<typeof loadErrorReference>>;

/**
 * Prints the meaning, exit code and remedy of an error code; without a code, lists all of them.
 *
 * @throws CountersignError `USAGE` for an unknown code
 */
export async function errorsCommand(name: string | undefined, json = false): Promise<void> {
  const reference = await loadErrorReference();
  const codes = codesOf(reference);
  if (!json) {
    process.stdout.write(name === undefined ? list(reference) : description(codeOf(name, codes), reference));
    return;
  }
  const listed = await orFailureJson(json, { errors: [] }, async () =>
    name === undefined ? codes : [codeOf(name, codes)],
  );
  printJson({ version: 1, errors: listed.map((code) => members(code, reference)) });
}

function codesOf({ errorReference }: Reference): readonly ErrorCode[] {
  return Object.keys(errorReference) as readonly ErrorCode[];
}

/** Returns the members of an error in JSON. */
function members(code: ErrorCode, { errorReference }: Reference): object {
  const { topic, meaning, remedy } = errorReference[code];
  const { kind, exitCode } = new CountersignError(code, '');
  return { code, kind, exitCode, topic, meaning, remedy: inFlags(remedy) };
}

function list(reference: Reference): string {
  const { errorReference, errorTopics } = reference;
  const codes = codesOf(reference);
  const width = Math.max(...codes.map((code) => code.length));
  const sections = errorTopics.map((topic) => {
    const listed = codes.filter((code) => errorReference[code].topic === topic);
    const lines = listed.map((code) => `  ${code.padEnd(width)}  ${errorReference[code].meaning}`);
    return [topic, ...lines].join('\n');
  });
  return `${sections.join('\n\n')}\n`;
}

function codeOf(name: string, codes: readonly ErrorCode[]): ErrorCode {
  return codes.find((one) => one === name.toUpperCase()) ?? unknown(name, codes);
}

function description(code: ErrorCode, { errorReference }: Reference): string {
  const { meaning, remedy } = errorReference[code];
  return `${code} (exit code ${new CountersignError(code, '').exitCode})\n\n${meaning}\n\nWhat to do: ${inFlags(remedy)}\n`;
}

function unknown(name: string, codes: readonly ErrorCode[]): never {
  const wanted = name.toUpperCase().slice(0, 100);
  const [nearest] = codes.map((code) => ({ code, distance: editDistance(wanted, code) })).sort(byDistance);
  return fail('USAGE', `${JSON.stringify(name.slice(0, 100))} is not an error code`, {
    remedy: `Did you mean ${nearest?.code}? \`countersign errors\` lists all codes.`,
  });
}

function byDistance(a: { readonly distance: number }, b: { readonly distance: number }): number {
  return a.distance - b.distance;
}

/** Returns the number of insertions, deletions and substitutions between two texts. */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [index, letter] of [...from].entries()) {
    const next = [index + 1];
    for (let at = 1; at <= to.length; at++) {
      const [left = 0, above = 0, diagonal = 0] = [next[at - 1], row[at], row[at - 1]];
      next.push(Math.min(left + 1, above + 1, diagonal + (letter === to[at - 1] ? 0 : 1)));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
