import { inspect } from 'node:util';
/**
 * A text that must not be seen. Printed, logged or serialised, it shows `[secret]` and nothing else. Disposing of it drops the text;
 * the memory is reclaimed by the garbage collector, as texts cannot be overwritten.
 */
export declare class Secret implements Disposable {
    #private;
    constructor(text: string);
    /**
     * Returns the text itself, for the one place that sends it.
     *
     * @throws CountersignError `KEY_DISPOSED`
     */
    reveal(): string;
    toString(): string;
    toJSON(): string;
    [inspect.custom](): string;
    [Symbol.dispose](): void;
}
