/** Work that is done once, and may be started before it is awaited. */

/**
 * Returns a function that does the work once for each key. Calling it without awaiting the result starts the work early; an error is
 * thrown where the result is awaited.
 */
export function remember<Key, Result>(work: (key: Key) => Promise<Result>): (key: Key) => Promise<Result> {
  const started = new Map<Key, Promise<Result>>();
  return (key) => {
    const result = started.get(key) ?? work(key);
    started.set(key, result);
    // An early start that no step awaits must not end the process.
    result.catch(() => undefined);
    return result;
  };
}
