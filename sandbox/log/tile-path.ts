/** The paths of tiles (C2SP tlog-tiles): `<level>/<index>[.p/<width>]`, the index in groups of three digits. */

export interface TileCoordinates {
  readonly level: number | 'entries';
  readonly index: number;
  /** 1 to 256; less than 256 for a partial tile. */
  readonly width: number;
}

const shape = /^(entries|0|[1-9]\d?)\/((?:x\d{3}\/)*\d{3})(?:\.p\/([1-9]\d{0,2}))?$/;

/** `undefined` for a path that is no tile's, also for one that is not written the one right way. */
export function parseTilePath(path: string): TileCoordinates | undefined {
  const [, level, groups = '', partial] = shape.exec(path) ?? [];
  if (level === undefined) return undefined;
  const width = partial === undefined ? 256 : Number(partial);
  if (partial !== undefined && width > 255) return undefined;
  // x000/001 would be a second name of 001.
  if (groups.startsWith('x000')) return undefined;
  const index = Number(groups.replace(/[x/]/g, ''));
  return Number.isSafeInteger(index) ? { level: level === 'entries' ? level : Number(level), index, width } : undefined;
}
