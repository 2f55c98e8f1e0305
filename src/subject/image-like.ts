/** Guesses by its form whether a text is the name of an image in a registry. Only parsing it decides. */

/** With a tag or digest. Capitals are for the error that refuses them. */
export function looksLikeImage(text: string): boolean {
  return /^[a-z0-9][a-z0-9._:/-]*(?::\w[\w.-]*|@sha\d{3}:[0-9a-f]+)$/i.test(text);
}

/** Without either, it begins as one: `ghcr.io/owner/app`, `localhost:5000/app`. */
export function beginsLikeImage(text: string): boolean {
  return /^(?:localhost|[a-z0-9-]+(?:\.[a-z0-9-]+)+|[a-z0-9.-]+:\d+)(?:\/[\w-]+)+$/i.test(text);
}
