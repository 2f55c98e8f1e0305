/** The names of files that hold bundles. */

/** The endings of the names of bundle files, the longest first. */
const bundleSuffixes = ['.sigstore.jsonl', '.sigstore.json', '.sigstore', '.jsonl'] as const;

/** Returns the name of a bundle file without its ending; `undefined` for another file. */
export function bundleStem(name: string): string | undefined {
  const suffix = bundleSuffixes.find((one) => name.endsWith(one));
  return suffix === undefined ? undefined : name.slice(0, -suffix.length);
}
