/** Runs a program, within a time and with a bounded output. */
export interface ProgramRequest {
    /** A name, which is looked for in PATH. */
    readonly program: string;
    readonly arguments: readonly string[];
    /** The text for its standard input. */
    readonly input: string;
    readonly timeoutMilliseconds: number;
    /** A longer output ends the program. */
    readonly maxOutputLength: number;
}
export type ProgramEnd = {
    readonly kind: 'ended';
    readonly exitCode: number;
    readonly output: Uint8Array;
}
/** The problem reads on after the program's name: "cannot be run: ENOENT". */
 | {
    readonly kind: 'failed';
    readonly problem: string;
};
export type RunProgram = (request: ProgramRequest) => Promise<ProgramEnd>;
/**
 * Runs programs with this environment. No shell is between, and what a program writes on standard error is not read.
 *
 * @param cancellation ends a program that runs
 */
export declare function programsOf(environment: Readonly<Record<string, string | undefined>>, cancellation?: AbortSignal): RunProgram;
