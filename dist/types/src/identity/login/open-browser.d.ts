/** Opens a page in the person's browser. No shell is between: an address can contain characters that a shell executes. */
import type { Environment } from '../providers/provider.ts';
type Command = readonly [program: string, ...args: readonly string[]];
/**
 * Returns the commands that open an address, in the order in which they are tried.
 *
 * @param environment `BROWSER` has commands, separated as in PATH; `%s` stands for the address, which is otherwise the last argument
 */
export declare function browserCommands(url: URL, environment: Environment, platform: NodeJS.Platform): readonly Command[];
/**
 * Opens an address with the first command that can.
 *
 * @returns the reason if none can. A program that does not end, such as a browser itself, has succeeded as far as anyone can tell; then
 *   the promise stays pending.
 */
export declare function openBrowser(url: URL, environment: Environment, platform?: NodeJS.Platform): Promise<string | undefined>;
export {};
