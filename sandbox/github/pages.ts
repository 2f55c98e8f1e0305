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

export interface CursorPage<Item> {
  readonly shown: readonly Item[];
  readonly next: string | undefined;
  readonly previous: string | undefined;
  /** The header; absent if there is one page. */
  readonly links: string | undefined;
}

const maxCursorPage = 100;

/** Returns the page that a request asks for by the cursors `after` and `before`. */
export function cursorPageOf<Item extends { readonly id: number }>(items: readonly Item[], url: URL): CursorPage<Item> {
  const size = Math.min(maxCursorPage, numberIn(url, 'per_page') ?? usualSize);
  const place = (name: string): number => items.findIndex(({ id }) => cursorOf(id) === url.searchParams.get(name));
  const [after, before] = [place('after'), place('before')];
  const start = before >= 0 ? Math.max(0, before - size) : after + 1;
  const end = before >= 0 ? before : start + size;
  const shown = items.slice(start, end);
  const [first, last] = [shown[0], shown.at(-1)];
  const next = last !== undefined && end < items.length ? cursorOf(last.id) : undefined;
  const previous = first !== undefined && start > 0 ? cursorOf(first.id) : undefined;
  const links = [
    ['prev', 'before', previous],
    ['next', 'after', next],
  ] as const;
  const header = links.flatMap(([relation, name, cursor]) => {
    if (cursor === undefined) return [];
    const target = new URL(url);
    for (const other of ['after', 'before']) target.searchParams.delete(other);
    target.searchParams.set(name, cursor);
    return [`<${target.href}>; rel="${relation}"`];
  });
  return { shown, next, previous, links: header.length === 0 ? undefined : header.join(', ') };
}

function cursorOf(id: number): string {
  return Buffer.from(`cursor:${id}`).toString('base64');
}
