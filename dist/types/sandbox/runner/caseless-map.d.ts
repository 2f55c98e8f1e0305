/** A map whose names are compared without regard to case: those of outputs and state, and on Windows, of variables. The first spelling stays. */
export declare class CaselessMap extends Map<string, string> {
    #private;
    set(name: string, value: string): this;
    get(name: string): string | undefined;
    has(name: string): boolean;
    delete(name: string): boolean;
}
