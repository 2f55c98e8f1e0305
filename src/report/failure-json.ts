import type { CountersignError } from '../core/errors/index.ts';

/** Returns a failure as each document of `--json` has it. */
export function failureJson({ code, kind, message, remedy }: CountersignError): object {
  return { code, kind, message, remedy: remedy ?? null };
}
