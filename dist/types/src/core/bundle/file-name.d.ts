/** The names of files that hold bundles. */
/** Returns the name of a bundle file without its ending; `undefined` for another file. */
export declare function bundleStem(name: string): string | undefined;
