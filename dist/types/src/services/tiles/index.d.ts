/** Logs that publish their tree as tiles (C2SP tlog-tiles, static-ct-api). */
export { type TileClient, type TileRequest, type TileSource, tileClient } from './tile-client.ts';
