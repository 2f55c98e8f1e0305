/** Annotations: the errors, warnings and notices that are shown with a run and its files. */
import type { WorkflowCommand } from './workflow-commands.ts';
export type AnnotationLevel = 'error' | 'warning' | 'notice';
export interface Annotation {
    readonly level: AnnotationLevel;
    /** The message, masked and then cut to 4096 characters. */
    readonly message: string;
    readonly title?: string;
    /** The path of the file; relative to the workspace, with `/`, if it is inside. */
    readonly file?: string;
    readonly line?: number;
    readonly endLine?: number;
    readonly column?: number;
    readonly endColumn?: number;
}
/** The number of annotations of one level that a step can make. Further ones are only in its log. */
export declare const annotationsPerLevel = 10;
/** The length of the longest message, in UTF-16 code units. */
export declare const annotationMessageLimit = 4096;
export type AnnotationPlace = Omit<Annotation, 'level' | 'message'>;
/**
 * Reads the place that an `error`, `warning` or `notice` command points to. An end without a start is also the start. Columns need a line,
 * and the range has to be within one line. A range that ends before it starts, and other values that do not fit, are dropped silently.
 */
export declare function annotationPlace(command: WorkflowCommand, workspace: string): AnnotationPlace;
