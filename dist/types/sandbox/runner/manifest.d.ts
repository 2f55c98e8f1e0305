/**
 * Reads the manifest of a JavaScript action, action.yml, as GitHub's runner does: leniently at the top and in inputs, strictly in
 * `runs`. An action that needs what this runner does not support is refused.
 */
export interface ActionInput {
    /** The name, as the manifest spells it. */
    readonly name: string;
    /** The default, whose expressions are not evaluated yet. */
    readonly default: string | undefined;
    readonly deprecationMessage: string | undefined;
}
export interface ActionManifest {
    readonly name: string | undefined;
    readonly inputs: readonly ActionInput[];
    /** The declared outputs. An action may set others. */
    readonly outputs: readonly string[];
    readonly using: 'node20' | 'node24';
    /** The path of the script, relative to the folder of the manifest and not normalised: `../dist/sign.mjs`. */
    readonly main: string;
    /** The stage that runs when the job begins, before all steps. */
    readonly pre: ActionStage | undefined;
    /** The stage that runs at the end of the job, after all steps. */
    readonly post: ActionStage | undefined;
}
export interface ActionStage {
    /** The path of the script, as `main`. */
    readonly script: string;
    /** Its `pre-if` or `post-if`; `always()` by default. */
    readonly condition: string;
}
/**
 * Reads the manifest in a folder.
 *
 * @throws CountersignError `USAGE`, also for an action that cannot run here
 */
export declare function readManifest(actionDirectory: string): ActionManifest;
/** @throws CountersignError `USAGE`, also for an action that cannot run here */
export declare function parseManifest(text: string): ActionManifest;
export interface ResolvedInputs {
    /** The values by name: first the caller's, then the defaults. */
    readonly values: ReadonlyMap<string, string>;
    readonly warnings: readonly string[];
}
/**
 * Returns the inputs of a step: the caller's values, and the manifest's defaults for the rest. Values are not trimmed, `required` is not
 * enforced, and an undeclared input is passed, with a warning.
 *
 * @param context the values of the `github` context by name in lower case, for expressions in defaults
 */
export declare function resolveInputs(manifest: Pick<ActionManifest, 'inputs'>, given: Readonly<Record<string, string>>, context: ReadonlyMap<string, string>): ResolvedInputs;
/** Returns the variable of an input, in capitals, with underscores for spaces: INPUT_BUNDLE-PATH. */
export declare function inputVariable(name: string): string;
