/** Makes the input of the demonstration: this package's tarball, two of its files, and an image that holds the tarball. */

import { createHash } from 'node:crypto';
import { copyFile, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzipSync, gzip } from 'node:zlib';

export interface DemoWorkspace {
  /** The names of the files, in the workspace. */
  readonly files: readonly string[];
  /** The name of the folder with the image (OCI image layout). */
  readonly image: string;
}

/** Fills a folder with the files of this package. */
export async function fillWorkspace(packageRoot: string, workspace: string): Promise<DemoWorkspace> {
  const copied = ['README.md', 'LICENSE'];
  await Promise.all(copied.map((name) => copyFile(join(packageRoot, name), join(workspace, name))));
  const { name, version, files } = JSON.parse(await readFile(join(packageRoot, 'package.json'), 'utf8'));
  const tarball = `${name}-${version}.tgz`;
  const packed = await pack(packageRoot, ['package.json', ...files]);
  await writeFile(join(workspace, tarball), packed);
  await writeImageLayout(join(workspace, 'image'), packed);
  return { files: [...copied, tarball], image: 'image' };
}

/** Packs files and folders as `npm pack` does. npm itself takes seconds to start, and is not on every machine that has Node. */
async function pack(root: string, names: readonly string[]): Promise<Uint8Array> {
  const paths = (await Promise.all(names.map((name) => filesBelow(root, name)))).flat().sort();
  const entries = await Promise.all(
    paths.map(async (path) => tarEntry(`package/${path}`, await readFile(join(root, path)))),
  );
  return promisify(gzip)(Buffer.concat([...entries, Buffer.alloc(1024)]), { level: 1 });
}

async function filesBelow(root: string, path: string): Promise<readonly string[]> {
  if ((await stat(join(root, path))).isFile()) return [path];
  const names = await readdir(join(root, path));
  return (await Promise.all(names.map((name) => filesBelow(root, `${path}/${name}`)))).flat();
}

/** Returns a file's header and content in a tar archive (POSIX ustar). */
function tarEntry(path: string, content: Buffer): Buffer {
  // A name longer than 100 bytes is split at a slash.
  const slash = path.length > 100 ? path.indexOf('/', path.length - 101) : -1;
  const header = Buffer.alloc(512);
  header.write(path.slice(slash + 1), 0);
  header.write('0000644\0'.padEnd(24, '0000000\0'), 100);
  header.write(`${content.length.toString(8).padStart(11, '0')}\0`, 124);
  header.write(`${'0'.repeat(11)}\0${' '.repeat(8)}0`, 136);
  header.write('ustar\u000000', 257);
  header.write(path.slice(0, Math.max(0, slash)), 345);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0`, 148);
  return Buffer.concat([header, content, Buffer.alloc(-content.length & 511)]);
}

/** Writes an image (OCI image layout 1.0) whose only layer is the tarball: npm's tarballs are gzipped tar archives, as layers are. */
async function writeImageLayout(folder: string, layer: Uint8Array): Promise<void> {
  const blobs = join(folder, 'blobs', 'sha256');
  await mkdir(blobs, { recursive: true });
  const write = async (mediaType: string, bytes: Uint8Array) => {
    const digest = sha256(bytes);
    await writeFile(join(blobs, digest), bytes);
    return { mediaType, digest: `sha256:${digest}`, size: bytes.length };
  };
  const json = (value: object): Uint8Array => Buffer.from(JSON.stringify(value));
  const config = {
    architecture: 'amd64',
    os: 'linux',
    config: { Cmd: ['node', '/package/dist/cli.mjs'] },
    rootfs: { type: 'layers', diff_ids: [`sha256:${sha256(gunzipSync(layer))}`] },
  };
  const manifest = {
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    config: await write('application/vnd.oci.image.config.v1+json', json(config)),
    layers: [await write('application/vnd.oci.image.layer.v1.tar+gzip', layer)],
  };
  const descriptor = await write(manifest.mediaType, json(manifest));
  await writeFile(join(folder, 'index.json'), json({ schemaVersion: 2, manifests: [descriptor] }));
  await writeFile(join(folder, 'oci-layout'), json({ imageLayoutVersion: '1.0.0' }));
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
