/**
 * Parses workflow commands: lines of output that instruct the runner, in the two grammars that it accepts.
 *
 * - `::name key=value,key=value::data`, with nothing but blanks before the first `::`;
 * - `##[name key=value;key=value]data`, anywhere in a line, at the first `##[`.
 *
 * Only a line with a known name is a command. Names and property names are compared without regard to case.
 */
export interface WorkflowCommand {
    /** The name, in lower case. */
    readonly name: string;
    /** The decoded properties, by name in lower case. One with an empty value does not exist. */
    readonly properties: ReadonlyMap<string, string>;
    /** The decoded text. */
    readonly data: string;
}
/**
 * Parses the command in a line, if there is one. `::` is tried first.
 *
 * @param known the names of commands, in lower case
 */
export declare function parseWorkflowCommand(line: string, known: ReadonlySet<string>): WorkflowCommand | undefined;
