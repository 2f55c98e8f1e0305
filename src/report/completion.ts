/** The result of completing bundles: which of them have got the log entry that they lacked. */

import { CountersignError, type ErrorCode } from '../core/errors/index.ts';
import type { LogReference } from '../deliver/index.ts';
import { failureJson } from './failure-json.ts';
import { count, shownText } from './shorten.ts';
import { shownPath } from './shown-path.ts';

export interface CompletedFile {
  /** The path of a file, or the place of a bundle that is attached to an image: `oci://registry/name@sha256:…`. */
  readonly path: string;
  /** `completed` if the file was replaced or a new bundle was attached; `already-complete` if nothing was changed. */
  readonly outcome: 'completed' | 'already-complete';
  /** The entries of all its bundles. */
  readonly logs: readonly LogReference[];
  /** The manifest of the bundle that was attached to an image: `registry/name@sha256:…`. */
  readonly attached?: string;
}

/** A file or image whose bundles were not completed. It was not changed. */
export interface IncompleteFile {
  readonly path: string;
  readonly error: CountersignError;
}

export interface CompletionReport {
  /** In the order of the paths. */
  readonly files: readonly (CompletedFile | IncompleteFile)[];
  readonly warnings: readonly string[];
}

/** Returns the error of a run in which a file was not completed, with the code of the first failure; `undefined` if all were. */
export function incompleteCompletion({ files }: CompletionReport): CountersignError | undefined {
  const failed = files.filter((file) => 'error' in file);
  const [first] = failed;
  if (first === undefined || files.length === 1) return first && inFile(first);
  const code: ErrorCode = first.error.code;
  const what = files.some(({ path }) => path.startsWith('oci://')) ? 'bundle' : 'file';
  return new CountersignError(code, `${failed.length} of ${count(files.length, what)} were not completed`, {
    cause: first.error,
    remedy: 'The reasons are listed above. Run again to complete the rest.',
  });
}

function inFile({ path, error }: IncompleteFile): CountersignError {
  const { code, message, remedy } = error;
  return new CountersignError(code, `${path}: ${message}`, { cause: error, ...(remedy !== undefined && { remedy }) });
}

const maxLineLength = 400;

/** Formats the result for a terminal: a line for each file, safe to print. */
export function completionText({ files, warnings }: CompletionReport, folder: string): string {
  const lines = [
    ...warnings.map((warning) => `Warning: ${warning}`),
    ...files.flatMap((file) => lineOf(file, shownPath(file.path, folder), files.length > 1)),
  ];
  return lines.map((line) => `${shownText(line, maxLineLength)}\n`).join('');
}

function lineOf(file: CompletedFile | IncompleteFile, path: string, isListed: boolean): readonly string[] {
  if ('error' in file) return isListed ? [`Not completed ${path}: ${file.error.code}: ${file.error.message}`] : [];
  if (file.outcome === 'already-complete') return [`Already complete ${path}`];
  const place = file.attached === undefined ? '' : `; attached as ${file.attached}`;
  return [`Completed ${path} (log index ${file.logs.map(({ index }) => index).join(', ')}${place})`];
}

/**
 * Returns the report of `complete --json` as plain values, as docs/json.md documents it. Within a version, members are added and never changed.
 *
 * @param failure the failure that ends the run, which decides the exit code
 */
export function completionJson({ files, warnings }: CompletionReport, failure: CountersignError | undefined): object {
  return {
    version: 1,
    completed: failure === undefined,
    exitCode: failure?.exitCode ?? 0,
    failure: failure === undefined ? null : failureJson(failure),
    files: files.map((file) =>
      'error' in file
        ? { path: file.path, outcome: 'failed', logs: [], failure: failureJson(file.error) }
        : {
            path: file.path,
            outcome: file.outcome,
            logs: file.logs.map(({ url, id, index }) => ({ url, id, index: index.toString() })),
            ...(file.attached !== undefined && { attached: file.attached }),
          },
    ),
    warnings,
  };
}
