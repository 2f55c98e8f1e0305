/** The system, as the functions of the library use it. */
import { type World } from '../run/world/index.ts';
/** The options of every function that sends requests. */
export interface RequestOptions {
    /** Aborts the requests: the function then throws `CANCELLED`. */
    readonly signal?: AbortSignal | undefined;
    /** The total time in milliseconds to wait for services that are unavailable (default: 60000). */
    readonly retryBudget?: number | undefined;
    /**
     * The environment variables in which the job, its identity token, its registries and the cache folder are found (default: `process.env`).
     */
    readonly environment?: Readonly<Record<string, string | undefined>> | undefined;
}
/** Opens the system; dispose of it afterwards. Nothing listens to the signal then, which may live as long as the program. */
export declare function openWorld({ signal, retryBudget }: RequestOptions): World & Disposable;
/**
 * Runs a function of the library in the system. Its errors have the names of the library's options.
 *
 * @throws CountersignError `CANCELLED` if it was aborted already
 */
export declare function inWorld<Result>(options: RequestOptions, work: (world: World) => Promise<Result>): Promise<Result>;
/** Runs a part of a function. Its errors have the names of the library's options. */
export declare function inWords<Result>({ cancellation }: Pick<World, 'cancellation'>, work: () => Promise<Result>): Promise<Result>;
