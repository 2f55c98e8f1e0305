/** A registry's client of a few lines, over real HTTP, sharing nothing with Countersign's own. */

import { createHash } from 'node:crypto';

export const imageType = 'application/vnd.oci.image.manifest.v1+json';
export const indexType = 'application/vnd.oci.image.index.v1+json';
export const emptyType = 'application/vnd.oci.empty.v1+json';

export interface Call {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

export interface Descriptor {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
}

export type Extra = Readonly<Record<string, unknown>>;

export async function ask(url: string | URL, { method = 'GET', headers = {}, body }: Call = {}): Promise<Answer> {
  const content = body === undefined ? {} : { body };
  const response = await fetch(url, { method, headers, redirect: 'manual', ...content });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

/** The status and the code of a refusal. */
export function refusal({ status, text }: Answer): readonly [status: number, code: string] {
  return [status, JSON.parse(text).errors[0].code];
}

export function digestOf(content: string | Uint8Array, algorithm = 'sha256'): string {
  return `${algorithm}:${createHash(algorithm).update(content).digest('hex')}`;
}

export function describeContent(content: string, mediaType: string): Descriptor {
  return { mediaType, digest: digestOf(content), size: Buffer.byteLength(content) };
}

/** The text of an image manifest without layers, or with other members. */
export function imageOf(extra: Extra = {}): string {
  return JSON.stringify({
    schemaVersion: 2,
    mediaType: imageType,
    config: describeContent('{}', emptyType),
    layers: [],
    ...extra,
  });
}

export function indexOf(manifests: readonly Descriptor[], extra: Extra = {}): string {
  return JSON.stringify({ schemaVersion: 2, mediaType: indexType, manifests, ...extra });
}

/** One repository, pushed to in the plainest way. */
export class RepositoryClient {
  readonly url: string;
  readonly #headers: Readonly<Record<string, string>>;

  constructor(registry: string, name: string, headers: Readonly<Record<string, string>> = {}) {
    this.url = `${registry}/v2/${name}`;
    this.#headers = headers;
  }

  ask(path: string, { headers = {}, ...call }: Call = {}): Promise<Answer> {
    return ask(`${this.url}/${path}`, { ...call, headers: { ...this.#headers, ...headers } });
  }

  pushBlob(content: string, digest = digestOf(content)): Promise<Answer> {
    return this.ask(`blobs/uploads/?digest=${digest}`, { method: 'POST', body: content });
  }

  /** A manifest alone, whose parts may not be there. */
  put(reference: string, manifest: string, mediaType = imageType, headers: Call['headers'] = {}): Promise<Answer> {
    const type = { 'content-type': mediaType };
    return this.ask(`manifests/${reference}`, { method: 'PUT', headers: { ...type, ...headers }, body: manifest });
  }

  /** An image with what it is made of. */
  async pushImage(reference: string, extra: Extra = {}): Promise<Descriptor> {
    await this.pushBlob('{}');
    const manifest = imageOf(extra);
    const { status, text } = await this.put(reference, manifest);
    if (status !== 201) throw new Error(`the registry answered ${status}: ${text}`);
    return describeContent(manifest, imageType);
  }
}
