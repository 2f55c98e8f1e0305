/** One update (TUF specification, section 5.3 to 5.7), by tuf-js. This file is loaded when it is needed: tuf-js is large. */

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Fetcher, Updater } from 'tuf-js';
import { DownloadHTTPError } from 'tuf-js/dist/error.js';
import { ProtoField } from '../../core/encoding/index.ts';
import { CountersignError, fail } from '../../core/errors/index.ts';
import type { RepositoryUrls } from './repository.ts';
import type { Source } from './source.ts';
import type { TargetName } from './target-names.ts';

export interface UpdateRequest<Name extends TargetName> {
  readonly urls: RepositoryUrls;
  readonly source: Source;
  readonly names: readonly Name[];
  /** The time of the whole update (section 5.1): metadata that has expired by then is refused. */
  readonly time: Date;
  /**
   * A folder of this update alone. Its `root.json` is where the update starts, and must be trusted; metadata beside it
   * need not be, and is what the new must not be older than. Afterwards it holds the new metadata, and even after a
   * failure the last root that was verified.
   */
  readonly folder: string;
}

export interface Updated<Name extends TargetName> {
  readonly files: ReadonlyMap<Name, Uint8Array>;
  /** The roots that were read on the way, by version. */
  readonly roots: ReadonlyMap<number, Uint8Array>;
}

/**
 * Updates the metadata of a repository, and reads files of it.
 *
 * @throws CountersignError `TRUSTED_ROOT_INVALID`, `TRUSTED_ROOT_EXPIRED`, `TRUSTED_ROOT_MISSING`, and those of HTTP
 */
export async function update<Name extends TargetName>(request: UpdateRequest<Name>): Promise<Updated<Name>> {
  const { urls, source, names, time, folder } = request;
  const fetcher = new SourceFetcher(source, folder);
  try {
    const updater = new Updater({
      metadataDir: folder,
      metadataBaseUrl: urls.metadata.href,
      targetBaseUrl: urls.targets.href,
      fetcher,
    });
    setReferenceTime(updater, time);
    await updater.refresh();
    const files = new Map<Name, Uint8Array>();
    for (const name of names) files.set(name, await readTarget(updater, fetcher, name, folder));
    return { files, roots: fetcher.roots };
  } catch (error) {
    return explain(error, fetcher, source, time);
  }
}

/** tuf-js reads the system's clock when it is made, and takes no other: its time is set where it keeps it. */
function setReferenceTime(updater: Updater, time: Date): void {
  const store: unknown = Reflect.get(updater, 'trustedSet');
  if (typeof store !== 'object' || store === null || !('referenceTime' in store)) {
    throw new TypeError('tuf-js keeps its time elsewhere');
  }
  Reflect.set(store, 'referenceTime', time);
}

async function readTarget(
  updater: Updater,
  fetcher: SourceFetcher,
  name: TargetName,
  folder: string,
): Promise<Uint8Array> {
  const target = await updater.getTargetInfo(name);
  if (target === undefined) return fetcher.missing(`has no ${name}`);
  // tuf-js checks the hashes that are there: of none, it would check none.
  if (!/^[0-9a-f]{64}$/.test(target.hashes.sha256 ?? '')) {
    fail('TRUSTED_ROOT_INVALID', `${fetcher.where}: ${name} has no SHA-256 hash`);
  }
  await updater.downloadTarget(target, join(folder, 'verified'));
  return fetcher.lastFile;
}

/** Reads for tuf-js, and remembers what was read, and what went wrong, which tuf-js wraps in texts. */
class SourceFetcher implements Fetcher {
  readonly roots = new Map<number, Uint8Array>();
  /** The file that tuf-js requested last; empty before it has accepted the first root. */
  file: string | undefined;
  /** True if the source had it. */
  found = true;
  failure: CountersignError | undefined;
  lastFile: Uint8Array = new Uint8Array();
  readonly #source: Source;
  readonly #folder: string;

  constructor(source: Source, folder: string) {
    this.#source = source;
    this.#folder = folder;
  }

  /** The place of an error: the role, the file, the repository. */
  get where(): string {
    if (this.file === undefined) return `the initial root metadata of ${this.#source.name}`;
    const [, role] = /^(?:\d+\.)?(root|timestamp|snapshot|targets)\.json$/.exec(this.file) ?? [];
    return `${role === undefined ? this.file : `the ${role} role (${this.file})`} of ${this.#source.name}`;
  }

  missing(what: string): never {
    return fail('TRUSTED_ROOT_MISSING', `${this.#source.name} ${what}`, { remedy: this.#source.remedies.missing });
  }

  async downloadBytes(address: string, maxLength: number): Promise<Buffer> {
    const bytes = await this.#read(address, maxLength);
    this.#recorded(() => checkForm(bytes, this.where));
    const [, version] = /^(\d+)\.root\.json$/.exec(this.file ?? '') ?? [];
    if (version !== undefined) this.roots.set(Number(version), bytes);
    return Buffer.from(bytes);
  }

  async downloadFile<T>(address: string, maxLength: number, handler: (file: string) => Promise<T>): Promise<T> {
    const bytes = await this.#read(address, maxLength);
    const path = join(this.#folder, 'download');
    await writeFile(path, bytes);
    const result = await handler(path);
    this.lastFile = bytes;
    return result;
  }

  async #read(address: string, maxLength: number): Promise<Uint8Array> {
    const url = new URL(address);
    const file = url.pathname.slice(url.pathname.lastIndexOf('/') + 1);
    this.file = file;
    const bytes = await this.#source.read(url, maxLength).catch((error: unknown) =>
      this.#recorded(() => {
        // Each file has a size limit of its own, and may be refused by itself, so it matters which it was.
        if (isFailure(error, 'SERVICE_RESPONSE_INVALID') || isFailure(error, 'SERVICE_REFUSED'))
          fail(error.code, `${file}: ${error.message}`, {
            cause: error,
            ...(error.remedy !== undefined && { remedy: error.remedy }),
          });
        throw error;
      }),
    );
    this.found = bytes !== undefined;
    // By this and by its status tuf-js knows that the last root has been reached.
    if (bytes === undefined) throw new DownloadHTTPError(`${file} does not exist`, 404);
    return bytes;
  }

  #recorded<T>(check: () => T): T {
    try {
      return check();
    } catch (error) {
      if (error instanceof CountersignError) this.failure = error;
      throw error;
    }
  }
}

function isFailure(error: unknown, code: CountersignError['code']): error is CountersignError {
  return error instanceof CountersignError && error.code === code;
}

/** tuf-js takes JSON with members twice, and counts what never expires as not expired: a time that cannot be read. */
function checkForm(bytes: Uint8Array, where: string): void {
  const signed = ProtoField.parse(bytes, 'TRUSTED_ROOT_INVALID', where, { maxDepth: 32 }).field('signed');
  if (signed.field('expires').time() === undefined) signed.field('expires').fail('is missing');
}

/** The failure of an update as one of ours, with the file it was about. */
function explain(error: unknown, fetcher: SourceFetcher, source: Source, time: Date): never {
  if (fetcher.failure !== undefined) throw fetcher.failure;
  if (error instanceof CountersignError) throw error;
  if (!fetcher.found) return fetcher.missing(`has no ${fetcher.file}`);
  if (!(error instanceof Error)) throw error;
  const message = error.message.replace(/^Unable to load [a-z ]+ error (?:[A-Za-z]+: )?/, '');
  const [, role] = /\b(root|timestamp|snapshot|targets)\.json is expired$/.exec(message) ?? [];
  if (role !== undefined) {
    fail('TRUSTED_ROOT_EXPIRED', `the ${role} role of ${source.name} has expired`, {
      cause: error,
      remedy: `${source.remedies.expired} Also check the clock of this machine; it shows ${time.toISOString()}.`,
    });
  }
  return fail('TRUSTED_ROOT_INVALID', `${fetcher.where}: ${message}`, {
    cause: error,
    remedy: 'The repository is not used. Its content may have been changed on the server or in transit.',
  });
}
