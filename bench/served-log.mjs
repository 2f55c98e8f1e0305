// Serves a log from its files, and describes it for clients.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const server = fileURLToPath(new URL('tile-server.mjs', import.meta.url));

/** Starts the server of a log's files, at a free port unless one is given. */
export async function serve(files, port = 0) {
  const child = spawn(process.execPath, [server, files, String(port)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const url = await new Promise((ready, failed) => {
    child.stdout.once('data', (line) => ready(String(line).trim()));
    child.once('exit', () => failed(new Error('the server did not start')));
  });
  return { child, url };
}

/** Returns a trusted root with one log, and the authority of its certificates. */
export function trustedRootOf({ url, publicKey, keyId, authorities }) {
  const validFor = { start: '2020-01-01T00:00:00Z' };
  const key = { rawBytes: publicKey, keyDetails: 'PKIX_ED25519', validFor };
  const tlogs = [{ baseUrl: url, hashAlgorithm: 'SHA2_256', publicKey: key, logId: { keyId } }];
  const mediaType = 'application/vnd.dev.sigstore.trustedroot+json;version=0.1';
  const certificates = authorities.map((rawBytes) => ({ rawBytes }));
  const authority = { subject: {}, uri: url, certChain: { certificates }, validFor };
  return { mediaType, tlogs, certificateAuthorities: [authority], ctlogs: [], timestampAuthorities: [] };
}
