/** Pages of lists (RFC 8288). */

export interface Page<Item> {
  readonly shown: readonly Item[];
  /** The header; absent if there is one page. */
  readonly link: string | undefined;
}

const usualSize = 30;

/** Returns the page that a request asks for. */
export function pageOf<Item>(items: readonly Item[], url: URL, maxSize: number): Page<Item> {
  const size = Math.min(maxSize, numberIn(url, 'per_page') ?? usualSize);
  const page = numberIn(url, 'page') ?? 1;
  const last = Math.max(1, Math.ceil(items.length / size));
  const others = [
    ['prev', page > 1 ? Math.min(page - 1, last) : undefined],
    ['next', page < last ? page + 1 : undefined],
    ['last', page < last ? last : undefined],
    ['first', page > 1 ? 1 : undefined],
  ] as const;
  const links = others.flatMap(([relation, number]) => {
    if (number === undefined) return [];
    const target = new URL(url);
    target.searchParams.set('page', String(number));
    return [`<${target.href}>; rel="${relation}"`];
  });
  return {
    shown: items.slice((page - 1) * size, page * size),
    link: links.length === 0 ? undefined : links.join(', '),
  };
}

function numberIn(url: URL, name: string): number | undefined {
  const number = Number(url.searchParams.get(name) ?? '');
  return Number.isSafeInteger(number) && number >= 1 ? number : undefined;
}
