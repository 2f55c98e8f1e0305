/** Starts the process of a step, reads its output, and stops it, as the runner does. */
import { type RawLine } from './lines.ts';
/** The time that the process has, in milliseconds, after each step of a cancellation. */
export interface CancellationSchedule {
    /** After SIGINT, before SIGTERM. */
    readonly interrupt: number;
    /** After SIGTERM, before the whole process tree is killed. */
    readonly terminate: number;
    /** After the end of the process, for descendants that still hold its output open. */
    readonly drain: number;
    /** A minute of `timeout-minutes`. */
    readonly minute: number;
}
/** The schedule of GitHub's runner. */
export declare const cancellationSchedule: CancellationSchedule;
export interface StepProcess {
    readonly command: string;
    readonly arguments: readonly string[];
    readonly directory: string;
    readonly environment: Readonly<Record<string, string>>;
    readonly cancellation: AbortSignal | undefined;
    readonly schedule: CancellationSchedule;
    /** Called with each line, without its end. */
    readonly onLine: (stream: RawLine['stream'], line: string) => void;
}
export interface StepProcessEnd {
    /** The exit code; 128 plus the number of the signal for a process that a signal ended. */
    readonly exitCode: number;
    readonly signal: NodeJS.Signals | undefined;
    /** True if the process was cancelled while it ran. Its exit code is then ignored. */
    readonly cancelled: boolean;
}
/** Runs a process to its end. Rejects if it cannot be started, or if `onLine` throws. */
export declare function runStepProcess(request: StepProcess): Promise<StepProcessEnd>;
