/** Annotations: the errors, warnings and notices that are shown with a run and its files. */

import type { WorkflowCommand } from './workflow-commands.ts';

export type AnnotationLevel = 'error' | 'warning' | 'notice';

export interface Annotation {
  readonly level: AnnotationLevel;
  /** The message, masked and then cut to 4096 characters. */
  readonly message: string;
  // The runner masks only the message: a secret in a title or a file name is a leak.
  readonly title?: string;
  /** The path of the file; relative to the workspace, with `/`, if it is inside. */
  readonly file?: string;
  readonly line?: number;
  readonly endLine?: number;
  readonly column?: number;
  readonly endColumn?: number;
}

/** The number of annotations of one level that a step can make. Further ones are only in its log. */
export const annotationsPerLevel = 10;

/** The length of the longest message, in UTF-16 code units. */
export const annotationMessageLimit = 4096;

export type AnnotationPlace = Omit<Annotation, 'level' | 'message'>;

/**
 * Reads the place that an `error`, `warning` or `notice` command points to. An end without a start is also the start. Columns need a line,
 * and the range has to be within one line. A range that ends before it starts, and other values that do not fit, are dropped silently.
 */
export function annotationPlace(command: WorkflowCommand, workspace: string): AnnotationPlace {
  const properties = new Map(command.properties);
  const text = (name: string): string | undefined => properties.get(name);
  const whole = (name: string): number | undefined => parseWhole(text(name));
  const drop = (...names: readonly string[]): void => {
    for (const name of names) properties.delete(name);
  };

  const given = {
    line: whole('line'),
    endLine: whole('endline'),
    column: whole('col'),
    endColumn: whole('endcolumn'),
  };
  const hasColumn = given.column !== undefined || given.endColumn !== undefined;
  const copy = (from: string, to: string): void => void properties.set(to, text(from) ?? '');
  if (given.endLine !== undefined && given.line === undefined) copy('endline', 'line');
  if (given.endColumn !== undefined && given.column === undefined) copy('endcolumn', 'col');
  if (given.line === undefined && given.endLine === undefined && hasColumn) drop('col', 'endcolumn');
  // The texts are compared, not the numbers: 1 and 01 differ.
  if (given.endLine !== undefined && text('line') !== text('endline') && hasColumn) drop('col', 'endcolumn');
  if (isBefore(given.endLine, given.line)) drop('line', 'endline');
  if (isBefore(given.endColumn, given.column)) drop('col', 'endcolumn');

  const title = text('title');
  const file = text('file');
  return {
    ...(title === undefined ? {} : { title }),
    ...(file === undefined ? {} : { file: relativeFile(file, workspace) }),
    ...present('line', whole('line')),
    ...present('endLine', whole('endline')),
    ...present('column', whole('col')),
    ...present('endColumn', whole('endcolumn')),
  };
}

function present<K extends string>(name: K, value: number | undefined): Partial<Record<K, number>> {
  return value === undefined ? {} : ({ [name]: value } as Record<K, number>);
}

function isBefore(end: number | undefined, start: number | undefined): boolean {
  return end !== undefined && start !== undefined && end < start;
}

function parseWhole(text: string | undefined): number | undefined {
  return text !== undefined && /^\s*[+-]?\d{1,9}\s*$/.test(text) ? Number(text) : undefined;
}

function relativeFile(file: string, workspace: string): string {
  const folder = workspace.replace(/[\\/]+$/, '');
  const inside = file.startsWith(`${folder}/`) || file.startsWith(`${folder}\\`);
  return inside && file.length > folder.length + 1 ? file.slice(folder.length + 1).replaceAll('\\', '/') : file;
}
