/** The names of files that hold bundles. */

/** The endings of files with bundles, the longest first. */
const bundleSuffixes = ['.sigstore.jsonl', '.sigstore.json', '.sigstore', '.jsonl'] as const;

/** Returns the name of a file of bundles without its ending; `undefined` if it has none of the endings of such files. */
export function bundleStem(name: string): string | undefined {
  const suffix = bundleSuffixes.find((one) => name.endsWith(one));
  return suffix === undefined ? undefined : name.slice(0, -suffix.length);
}
