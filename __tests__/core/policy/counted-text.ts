/** A text that counts how often it is read. */

/**
 * Returns a text that can be read, by a character or by a call of a method, no more often than `limit` times. Then it throws, so that code whose
 * time grows with a power of the text fails, on a machine of any speed.
 */
export function countedText(text: string, limit: number): string {
  let reads = 0;
  const counted = new Proxy(Object(text), {
    get(_, property) {
      if (property === 'length') return text.length;
      if (++reads > limit) throw new Error(`the text was read more than ${limit} times`);
      const value: unknown = Reflect.get(Object(text), property);
      return typeof value === 'function' ? value.bind(text) : value;
    },
  });
  return counted;
}
