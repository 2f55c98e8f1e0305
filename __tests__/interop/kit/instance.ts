/** A Sigstore on this machine, as `stack.env` and `trust/` describe it, whoever made it. */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { judgePath } from './program.ts';

/** The version of Rekor's API: an entry with a signed timestamp of the log itself, or one that needs an RFC 3161 one. */
export type LogVersion = 1 | 2;

/** The signer. */
export type Signer = 'job' | 'person';

/** The required signer. */
export interface Identity {
  readonly name: string;
  readonly issuer: string;
}

const suffixes = { 1: '.rekor1tsa', 2: '' } as const satisfies Record<LogVersion, string>;
const email = 'releaser@example.org';

export class Instance {
  /** The instance's name for our command, which trusts a sandbox only by name. */
  readonly name: 'sandbox' | 'custom';
  readonly #settings: ReadonlyMap<string, string>;

  private constructor(name: 'sandbox' | 'custom', settings: ReadonlyMap<string, string>) {
    this.name = name;
    this.#settings = settings;
  }

  /** The services that `npm run test:interop` has started. */
  static services(): Promise<Instance> {
    return Instance.read('custom', judgePath('COUNTERSIGN_INTEROP_SERVICES'));
  }

  /** By the `stack.env` in a folder. */
  static async read(name: 'sandbox' | 'custom', folder: string): Promise<Instance> {
    const lines = (await readFile(join(folder, 'stack.env'), 'utf8')).matchAll(/^export (\w+)='(.*)'$/gm);
    return new Instance(
      name,
      new Map([...lines].map(([, name = '', value = '']) => [name, value.replaceAll("'\\''", "'")])),
    );
  }

  setting(name: string): string {
    const value = this.#settings.get(name);
    if (value === undefined) throw new Error(`stack.env does not set ${name}`);
    return value;
  }

  get trustedRoot(): string {
    return this.#settings.get('TRUSTED_ROOT') ?? join(this.setting('TRUST'), 'trusted_root.json');
  }

  /** Returns the same instance with another trusted root. */
  trusting(trustedRoot: string): Instance {
    return new Instance(this.name, new Map([...this.#settings, ['TRUSTED_ROOT', trustedRoot]]));
  }

  /** The root with which trust in its TUF repository begins. */
  get tufRoot(): string {
    return join(this.setting('TRUST'), 'tuf_root.json');
  }

  /** The policy that requires the witness of Rekor v2 (C2SP tlog-policy). */
  get witnessPolicy(): string {
    return join(this.setting('TRUST'), 'witness_policy.txt');
  }

  signingConfig(log: LogVersion): string {
    return join(this.setting('TRUST'), `signing_config${suffixes[log]}.json`);
  }

  /** With an authority that has no certificate log; only the real services have one. */
  get signingConfigWithoutCertificateLog(): string {
    return join(this.setting('TRUST'), 'signing_config.noct.json');
  }

  /** Trusted root and signing config in one, as sigstore-python takes them. */
  trustConfig(log: LogVersion): string {
    return join(this.setting('TRUST'), `trust_config${suffixes[log]}.json`);
  }

  identity(signer: Signer): Identity {
    return signer === 'job'
      ? {
          name: 'https://github.com/example-org/example-repo/.github/workflows/release.yml@refs/heads/main',
          issuer: this.setting('OIDC_GHA'),
        }
      : { name: email, issuer: this.setting('OIDC_EMAIL') };
  }

  /** A token for Fulcio. */
  async token(signer: Signer): Promise<string> {
    const { requestUrl, requestToken } = this.tokenEndpoint;
    const url =
      signer === 'job' ? `${requestUrl}&audience=sigstore` : `${this.setting('OIDC_EMAIL')}/token?email=${email}`;
    const answer = await fetch(url, { headers: signer === 'job' ? { authorization: `bearer ${requestToken}` } : {} });
    if (!answer.ok) throw new Error(`GET ${url} answers ${answer.status}`);
    const { value } = (await answer.json()) as { readonly value: string };
    return value;
  }

  /** The variables by which a job of GitHub Actions gets a token. */
  jobVariables(): Readonly<Record<string, string>> {
    const { requestUrl, requestToken } = this.tokenEndpoint;
    return {
      GITHUB_ACTIONS: 'true',
      ACTIONS_ID_TOKEN_REQUEST_URL: requestUrl,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: requestToken,
    };
  }

  get tokenEndpoint(): { readonly requestUrl: string; readonly requestToken: string } {
    return {
      requestUrl: this.setting('ACTIONS_ID_TOKEN_REQUEST_URL'),
      requestToken: this.setting('ACTIONS_ID_TOKEN_REQUEST_TOKEN'),
    };
  }
}
