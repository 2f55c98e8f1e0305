// Writes a log of Rekor v2 with realistic entries: hashedrekord 0.0.2 with certificates like Fulcio's, of many identities. The files are
// those that a log publishes (C2SP tlog-tiles). The entries are made from templates, in
// certificates with the real structure: each has an identity, digest, key, serial number, commit and run of its own. Their signatures are not valid; a monitor does not verify them.
import { createHash, generateKeyPairSync, randomFillSync, sign } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { nativeSha2 } from '../scripts/build/bundle.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
/** The number of identities: repositories, of which each owner has four, and persons. */
export const identities = 200_000;
const width = 256;

/**
 * Writes a log of so many entries into a folder.
 *
 * @param sizes smaller sizes, for which the hashes of the log's compact range are returned
 * @param origin the origin in its checkpoint: rekor-monitor requires host and port
 * @param isSigned gives each certificate a valid signature, which takes longer. Its SCT stays invalid
 * @returns the log's key and ID, the certificates of the authority, and the digest of one of its entries
 */
export async function writeLog(folder, count, { sizes = [], origin = '127.0.0.1', isSigned = false } = {}) {
  const sandbox = await bundled(
    folder,
    'templates.mjs',
    `export { CertificateAuthority, CertificateLog, exampleGitlabJob, exampleJob, jobIdentity, personIdentity, systemSources }
       from './sandbox/index.ts';`,
  );
  const { authority, templates } = makeTemplates(sandbox);
  const [github, gitlab, person] = templates;
  const finish = isSigned ? (certificate) => signed(certificate, authority.intermediate.key) : undefined;
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const files = join(folder, 'log');
  const tree = new TileWriter(files);
  const noise = Buffer.alloc(width * 256);
  const ranges = {};
  let known;
  for (let first = 0; first < count; first += width) {
    const size = Math.min(width, count - first);
    randomFillSync(noise);
    const parts = [];
    for (let at = 0; at < size; at++) {
      // Few identities sign most entries.
      const identity = Math.floor(identities * Math.random() ** 3);
      const template = identity % 20 === 0 ? person : identity % 20 === 1 ? gitlab : github;
      const { entry, digest } = template.entry(identity, noise.subarray(at * 256, (at + 1) * 256), finish);
      if (first + at === count >> 1) known = digest.toString('hex');
      const length = Buffer.allocUnsafe(2);
      length.writeUInt16BE(entry.length);
      parts.push(length, entry);
      tree.add(createHash('sha256').update('\0').update(entry).digest());
      if (sizes.includes(first + at + 1)) ranges[first + at + 1] = tree.range().map((hash) => hash.toString('base64'));
    }
    write(files, tilePath('entries', first / width, size), Buffer.concat(parts));
  }
  const text = `${origin}\n${count}\n${tree.end().toString('base64')}\n`;
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  const keyId = createHash('sha256').update(`${origin}\n\x01`).update(spki.subarray(-32)).digest();
  const signature = Buffer.concat([keyId.subarray(0, 4), sign(null, Buffer.from(text), privateKey)]);
  write(files, 'checkpoint', Buffer.from(`${text}\n— ${origin} ${signature.toString('base64')}\n`));
  return {
    files,
    publicKey: spki.toString('base64'),
    keyId: keyId.toString('base64'),
    origin,
    authorities: authority.chain.map((certificate) => Buffer.from(certificate).toString('base64')),
    ranges,
    digest: known,
  };
}

/** Bundles TypeScript modules of the project into a program, and imports it. */
export async function bundled(folder, name, contents) {
  const outfile = join(folder, name);
  await build({
    stdin: { contents, resolveDir: root },
    bundle: true,
    format: 'esm',
    platform: 'node',
    outfile,
    target: 'node20.19',
    // For packages that are CommonJS.
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    plugins: [nativeSha2],
  });
  return import(pathToFileURL(outfile));
}

/** Makes a template for each kind of identity. */
function makeTemplates({ CertificateAuthority, CertificateLog, systemSources, ...identity }) {
  const authority = new CertificateAuthority({ sources: systemSources, log: new CertificateLog(systemSources.clock) });
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  const marks = { serialNumber: Buffer.alloc(20, 0x41), subjectKeyIdentifier: Buffer.alloc(20, 0x42) };
  const templates = identitiesOf(identity).map((profile) => {
    const certificate = authority.issue({
      publicKey: spki,
      ...marks,
      signedCertificateTimestamps: (precertificate) => [authority.log.submit(precertificate)],
      ...profile,
    });
    return new Template(Buffer.from(certificate), { ...marks, key: point(publicKey) });
  });
  return { authority, templates };
}

/** Replaces the signature of a certificate. */
function signed(certificate, key) {
  // SEQUENCE { TBSCertificate, algorithm, BIT STRING }, of which the first two have lengths of two bytes.
  const end = 8 + certificate.readUInt16BE(6);
  const contents = certificate.subarray(4, end + 2 + certificate[end + 1]);
  const signature = key.sign(certificate.subarray(4, end));
  const bits = Buffer.from([0x03, signature.length + 1, 0]);
  const header = Buffer.from([0x30, 0x82, 0, 0]);
  header.writeUInt16BE(contents.length + bits.length + signature.length, 2);
  return Buffer.concat([header, contents, bits, signature]);
}

// Texts of a fixed length, which differ in each entry.
const repositoryNumber = '777777';
const ownerNumber = '55555';
const owner = `organization-${ownerNumber}`;
const repository = `${owner}/some-project-${repositoryNumber}`;
const commit = '0123456789abcdef0123456789abcdef01234567';
const run = '98765432101';

function identitiesOf({ exampleGitlabJob, exampleJob, jobIdentity, personIdentity }) {
  const workflow = `${repository}/.github/workflows/release-and-publish.yml@refs/heads/main`;
  const github = jobIdentity({
    ...exampleJob,
    iss: 'https://token.actions.githubusercontent.com',
    sub: `repo:${repository}:ref:refs/heads/main`,
    repository,
    repository_owner: owner,
    repository_id: `900${repositoryNumber}`,
    repository_owner_id: `100${ownerNumber}`,
    job_workflow_ref: workflow,
    workflow_ref: workflow,
    sha: commit,
    job_workflow_sha: commit,
    workflow_sha: commit,
    run_id: run,
  });
  const project = { project_path: repository, sha: commit, ci_config_sha: commit, pipeline_id: run };
  const gitlab = jobIdentity(
    { ...exampleGitlabJob, iss: 'https://gitlab.com', sub: `project_path:${repository}`, ...project },
    'gitlab-pipeline',
  );
  const email = `person-${repositoryNumber}@example.org`;
  return [github, gitlab, personIdentity({ iss: 'https://github.com/login/oauth', sub: repositoryNumber, email })];
}

/** Points on the curve: Go's parser of certificates refuses other keys. */
const keys = Array.from({ length: 4096 }, () => point(generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey));

function point(publicKey) {
  return publicKey.export({ type: 'spki', format: 'der' }).subarray(-64);
}

/** A certificate, of which the parts that differ between entries are replaced. */
class Template {
  #certificate;
  #key;
  #random;
  #texts;

  constructor(certificate, { serialNumber, subjectKeyIdentifier, key }) {
    this.#certificate = certificate;
    // The top bits of a serial number stay as they are, and so does the encoding of the signature at the end.
    this.#random = [
      [certificate.indexOf(serialNumber) + 1, 19],
      [certificate.indexOf(subjectKeyIdentifier), 20],
      [certificate.length - 24, 24],
    ];
    this.#key = certificate.indexOf(key);
    const texts = { repository: repositoryNumber, owner: ownerNumber, commit, run };
    this.#texts = Object.entries(texts).map(([name, text]) => [name, placesOf(certificate, text)]);
  }

  /** Makes an entry of an identity from random bytes. */
  entry(identity, noise, finish = (certificate) => certificate) {
    const certificate = this.#certificate;
    let used = 0;
    const take = (length) => {
      used += length;
      return noise.subarray(used - length, used);
    };
    for (const [place, length] of this.#random) take(length).copy(certificate, place);
    keys[take(2).readUInt16BE() % keys.length].copy(certificate, this.#key);
    const texts = {
      repository: String(identity).padStart(6, '0'),
      owner: String(identity % 50_000).padStart(5, '0'),
      commit: take(20).toString('hex'),
      run: String(10_000_000_000 + take(4).readUInt32BE()),
    };
    for (const [name, places] of this.#texts)
      for (const place of places) certificate.write(texts[name], place, 'latin1');
    const digest = take(32);
    const signature = take(70).toString('base64');
    const entry = Buffer.from(
      `{"apiVersion":"0.0.2","kind":"hashedrekord","spec":{"hashedRekordV002":{"data":{"algorithm":"SHA2_256","digest":"${digest.toString('base64')}"},` +
        `"signature":{"content":"${signature}","verifier":{"keyDetails":"PKIX_ECDSA_P256_SHA_256","x509Certificate":{"rawBytes":"${finish(certificate).toString('base64')}"}}}}}}`,
      'latin1',
    );
    return { entry, digest };
  }
}

function placesOf(bytes, text) {
  const places = [];
  for (let at = bytes.indexOf(text); at >= 0; at = bytes.indexOf(text, at + 1)) places.push(at);
  return places;
}

/** Writes the hash tiles of a log. Each level collects the hashes of its open tile. */
class TileWriter {
  #files;
  #levels = [];

  constructor(files) {
    this.#files = files;
  }

  add(hash, level = 0) {
    this.#levels[level] ??= { count: 0, hashes: [] };
    const open = this.#levels[level];
    open.hashes.push(hash);
    if (open.hashes.length < width) return;
    write(this.#files, tilePath(level, open.count, width), Buffer.concat(open.hashes));
    const { hashes } = open;
    this.#levels[level] = { count: open.count + 1, hashes: [] };
    this.add(rootOf(hashes), level + 1);
  }

  /** Returns the roots of the perfect subtrees of the log, the largest first. */
  range() {
    return this.#levels.toReversed().flatMap(({ hashes }) => perfect(hashes));
  }

  /** Writes the open tiles, and returns the root of the log. */
  end() {
    for (const [level, { count, hashes }] of this.#levels.entries())
      if (hashes.length > 0) write(this.#files, tilePath(level, count, hashes.length), Buffer.concat(hashes));
    return this.range().reduceRight((right, left) => node(left, right));
  }
}

/** Returns the roots of the perfect subtrees of the hashes of a partial tile, the largest first. */
function perfect(hashes) {
  const roots = [];
  for (let from = 0; from < hashes.length; ) {
    const size = 2 ** Math.floor(Math.log2(hashes.length - from));
    roots.push(rootOf(hashes.slice(from, from + size)));
    from += size;
  }
  return roots;
}

function rootOf(hashes) {
  if (hashes.length === 1) return hashes[0];
  return rootOf(Array.from({ length: hashes.length / 2 }, (_, at) => node(hashes[2 * at], hashes[2 * at + 1])));
}

function node(left, right) {
  return createHash('sha256').update('\x01').update(left).update(right).digest();
}

function tilePath(level, index, entries) {
  const digits = String(index).padStart(Math.ceil(String(index).length / 3) * 3, '0');
  const path = digits.replace(/(\d{3})(?=\d)/g, 'x$1/');
  return `tile/${level}/${path}${entries < width ? `.p/${entries}` : ''}`;
}

function write(folder, path, bytes) {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, bytes);
}
