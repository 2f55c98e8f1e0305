/** Converts the configuration of rekor-monitor to a policy. Loaded only for that. */

import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, stringify } from 'yaml';
import { claimName, type FulcioClaim, fulcioExtensionArcs } from '../../core/certificate/index.ts';
import { fail } from '../../core/errors/index.ts';
import { fileLimits } from './file/shape.ts';
import { demandShallow } from './file/yaml-reader.ts';
import { readWatchPolicy } from './watch-file.ts';

/** A part of a configuration that was not converted, or not exactly. */
export interface ImportNote {
  /** In the configuration, counted from 1. */
  readonly line: number;
  /** A sentence without its full stop. */
  readonly message: string;
}

export interface ImportedPolicy {
  /** The policy file; undefined if nothing could be converted. */
  readonly policy: string | undefined;
  /** In the order of lines. */
  readonly notes: readonly ImportNote[];
}

type Values = Record<'repositories' | 'owners' | 'issuers' | 'keys', Set<string>> & {
  readonly identities: Map<string, Identity>;
};
type Identity = { readonly [Match in 'exact' | 'segment']?: string } & { readonly issuer?: string };

/** Settings of rekor-monitor that are options here. */
const options: Readonly<Record<string, string>> = {
  startIndex: 'use `--from` instead',
  endIndex: 'a watch reads to the end of the log',
  outputIdentities: 'use `--ocsf` instead',
  outputIdentitiesFormat: 'use `--json` or `--ocsf` instead',
  logInfoFile: 'use `--state` instead',
  identityMetadataFile: 'use `--state` instead',
  caRootsFile: 'the authorities are those of `--trusted-root`',
  caIntermediatesFile: 'the authorities are those of `--trusted-root`',
  ctShards: 'the logs are those of `--trusted-root`; use `--log` to choose some of them',
  githubIssue: 'use `--issue` instead, with the token in GITHUB_TOKEN',
  emailNotification: 'use `--webhook` or `--issue` instead',
};

/**
 * Converts a configuration of rekor-monitor. A regular expression is converted if it is an escaped literal, or one followed by `.*`; others
 * are listed. The values of secrets are neither converted nor repeated.
 *
 * @param path for errors
 * @throws CountersignError `FORMAT_UNSUPPORTED` for a text that is not such a configuration, `LIMIT_EXCEEDED`
 */
export async function importRekorMonitorConfig(text: string, path: string): Promise<ImportedPolicy> {
  const { values, notes } = new MonitorConfig(text, path).convert();
  const watch = {
    repositories: [...values.repositories].map((name) => ({ name })),
    owners: [...values.owners].map((name) => ({ name })),
    identities: [...values.identities.values()],
    issuers: [...values.issuers],
    keys: [...values.keys],
  };
  const filled = Object.fromEntries(Object.entries(watch).filter(([, list]) => list.length > 0));
  const sorted = notes.sort((one, other) => one.line - other.line);
  if (Object.keys(filled).length === 0) return { policy: undefined, notes: sorted };
  const policy = stringify(
    { watch: filled },
    { lineWidth: 0, defaultStringType: 'QUOTE_DOUBLE', defaultKeyType: 'PLAIN' },
  );
  // A policy that is printed can be read.
  await readWatchPolicy(policy, 'the converted policy');
  return { policy, notes: sorted };
}

class MonitorConfig {
  readonly #path: string;
  readonly #lines = new LineCounter();
  readonly #root: unknown;
  readonly #notes: ImportNote[] = [];
  readonly #values: Values = {
    repositories: new Set(),
    owners: new Set(),
    issuers: new Set(),
    keys: new Set(),
    identities: new Map(),
  };

  constructor(text: string, path: string) {
    this.#path = path;
    if (text.length > fileLimits.file)
      fail('LIMIT_EXCEEDED', `the configuration ${path} is too large: the limit is ${fileLimits.file} characters`);
    demandShallow(text, path);
    const document = parseDocument(text, {
      schema: 'failsafe',
      lineCounter: this.#lines,
      uniqueKeys: false,
      prettyErrors: false,
    });
    const [problem] = document.errors;
    if (problem !== undefined)
      fail(
        'FORMAT_UNSUPPORTED',
        `${path}:${this.#lines.linePos(problem.pos[0]).line}: ${problem.message.replace(/\n.*/s, '')}`,
      );
    this.#root = document.contents;
  }

  convert(): { readonly values: Values; readonly notes: ImportNote[] } {
    const entries = this.#entries(this.#root);
    if (!entries.some(({ name }) => name === 'monitoredValues'))
      fail('FORMAT_UNSUPPORTED', `${this.#path} is not a configuration of rekor-monitor: it has no "monitoredValues"`, {
        remedy: 'Specify the file that rekor-monitor reads with `--config-file`.',
      });
    for (const { name, key, value } of entries) {
      if (name === 'monitoredValues') this.#monitoredValues(value);
      else
        this.#note(
          key,
          Object.hasOwn(options, name) ? `${quote(name)} is not converted: ${options[name]}` : unknown(name),
        );
    }
    return { values: this.#values, notes: this.#notes };
  }

  #monitoredValues(node: unknown): void {
    for (const { name, key, value } of this.#entries(node)) {
      if (name === 'certIdentities') for (const item of this.#items(value)) this.#certIdentity(item);
      else if (name === 'subjects') for (const item of this.#items(value)) this.#identity(item, undefined);
      else if (name === 'fingerprints') for (const item of this.#items(value)) this.#fingerprint(item);
      else if (name === 'oidMatchers') this.#oidMatchers(value);
      else this.#note(key, unknown(name));
    }
  }

  #certIdentity(node: unknown): void {
    let subject: unknown;
    const issuers: (string | undefined)[] = [];
    for (const { name, key, value } of this.#entries(node)) {
      if (name === 'certSubject') subject = value;
      else if (name === 'issuers') issuers.push(...this.#issuers(value));
      else this.#note(key, unknown(name));
    }
    if (subject === undefined) {
      // Without a subject, all certificates of the issuers are meant.
      for (const issuer of issuers) if (issuer !== undefined) this.#values.issuers.add(issuer);
      return;
    }
    // An issuer that was not converted would widen the identity to every issuer, unless another one is left.
    const known = issuers.filter((issuer) => issuer !== undefined);
    if (issuers.length > 0 && known.length === 0)
      this.#note(
        subject,
        `${quote(textOf(subject))} is watched under every issuer, because its issuers are not converted`,
      );
    for (const issuer of known.length === 0 ? [undefined] : known) this.#identity(subject, issuer);
  }

  #issuers(node: unknown): readonly (string | undefined)[] {
    return this.#items(node).map((item) => {
      const literal = this.#literal(item, 'the issuer');
      if (literal === undefined) return undefined;
      if (!literal.isPrefix && /^https?:\/\/[^\s*]+$/.test(literal.text)) return literal.text;
      this.#note(item, `the issuer ${quote(textOf(item))} is not converted: issuers are compared as whole URLs`);
      return undefined;
    });
  }

  #identity(node: unknown, issuer: string | undefined): void {
    const literal = this.#literal(node, 'the identity');
    if (literal === undefined) return;
    const { text, isPrefix } = literal;
    const isUrl = /^[A-Za-z][A-Za-z0-9+.-]*:\/\/[^/*\s]+\/[^/*\s]/.test(text);
    const isWhole = isUrl || /^[^@\s*]+@[^@\s*/]+$/.test(text);
    // `.*` after a whole segment means the same as a segment.
    const isSegment = isPrefix && isUrl && /[/@]$/.test(text);
    if (isSegment || (!isPrefix && isWhole)) {
      const match: Identity =
        isSegment || this.#isUnfinished(text) ? { segment: text.replace(/[/@]+$/, '') } : { exact: text };
      this.#values.identities.set(`${JSON.stringify(match)} ${issuer}`, {
        ...match,
        ...(issuer !== undefined && { issuer }),
      });
    } else
      this.#note(
        node,
        `the identity ${quote(textOf(node))} is not converted: it is a part of a name; use "exact", "segment" or "glob"`,
      );
  }

  /** Reports whether a URL names no workflow yet. rekor-monitor finds it within longer names. */
  #isUnfinished(text: string): boolean {
    return /^https?:\/\//.test(text) && !text.includes('@');
  }

  #fingerprint(node: unknown): void {
    const text = textOf(node);
    if (!/^[0-9a-fA-F]{64}$/.test(text)) {
      this.#note(node, `the fingerprint ${quote(text)} is not converted: it is not a SHA-256 digest in hexadecimal`);
      return;
    }
    this.#values.keys.add(text.toLowerCase());
    this.#note(node, 'a fingerprint is watched as that of a key; the fingerprint of a certificate matches nothing');
  }

  #oidMatchers(node: unknown): void {
    for (const { name, key, value } of this.#entries(node)) {
      if (name === 'fulcioExtensions')
        for (const { name: claim, value: texts } of this.#entries(value))
          for (const item of this.#items(texts)) this.#claim(claim, item);
      else if (name === 'oidExtensions' || name === 'customExtensions')
        for (const item of this.#items(value)) this.#extension(item);
      else this.#note(key, unknown(name));
    }
  }

  #extension(node: unknown): void {
    const entries = this.#entries(node);
    const identifier = entries.find(({ name }) => name === 'objectIdentifier')?.value;
    const oid = isSeq(identifier) ? identifier.items.map(textOf).join('.') : textOf(identifier);
    const [, arc] = /^1\.3\.6\.1\.4\.1\.57264\.1\.(\d{1,2})$/.exec(oid) ?? [];
    const claim = (Object.keys(fulcioExtensionArcs) as FulcioClaim[]).find(
      (each) => String(fulcioExtensionArcs[each]) === arc,
    );
    if (claim === undefined)
      this.#note(node, `the extension ${quote(oid)} is not converted: only those of Fulcio can be watched`);
    else
      for (const item of this.#items(entries.find(({ name }) => name === 'extensionValues')?.value))
        this.#claim(claimName(claim), item);
  }

  /** Converts the value of a claim, which rekor-monitor compares exactly. */
  #claim(claim: string, node: unknown): void {
    const text = textOf(node);
    const [, owner, repository] = /^https:\/\/github\.com\/([A-Za-z0-9_-]+)(?:\/([A-Za-z0-9._-]+))?$/.exec(text) ?? [];
    if (claim === 'source-repository-uri' && repository !== undefined)
      this.#values.repositories.add(`${owner}/${repository}`);
    else if (claim === 'source-repository-owner-uri' && owner !== undefined && repository === undefined)
      this.#values.owners.add(owner);
    else if (claim === 'issuer' && /^https?:\/\/[^\s*]+$/.test(text)) this.#values.issuers.add(text);
    else if (claim === 'build-signer-uri' && /^https?:\/\/[^*]+@[^*]+$/.test(text))
      // The name of a job's certificate is that of its signing workflow.
      this.#values.identities.set(`claim ${text}`, { exact: text });
    else {
      const help = claim.endsWith('-identifier') ? '; add it as "id" or "owner-id" of its repository' : '';
      this.#note(node, `the ${claim} ${quote(text)} is not converted: this claim cannot be watched alone${help}`);
    }
  }

  /** Returns the text that a regular expression stands for; undefined, with a note, if it stands for several. */
  #literal(node: unknown, what: string): { readonly text: string; readonly isPrefix: boolean } | undefined {
    const expression = textOf(node);
    const isPrefix = /(?:^|[^\\])\.\*\$?$/.test(expression);
    const body = expression.replace(/^\^/, '').replace(isPrefix ? /\.\*\$?$/ : /\$$/, '');
    let text = '';
    let hasDots = false;
    for (let at = 0; at < body.length; at++) {
      const character = body[at] ?? '';
      const next = body[at + 1] ?? '';
      if (character === '\\' && /[^A-Za-z0-9]/.test(next)) {
        text += next;
        at++;
      } else if (character === '.' && !/[*+?{]/.test(next)) {
        hasDots = true;
        text += '.';
      } else if (/[\\^$.|?*+()[\]{}]/.test(character)) {
        this.#note(node, `${what} ${quote(expression)} is not converted: it is a regular expression`);
        return undefined;
      } else text += character;
    }
    if (hasDots)
      this.#note(node, `the dots of ${quote(expression)} are converted as dots; the expression means any character`);
    return { text, isPrefix };
  }

  #entries(node: unknown): readonly { readonly name: string; readonly key: unknown; readonly value: unknown }[] {
    if (!isMap(node)) {
      if (node !== this.#root) this.#note(node, 'a mapping is expected here, so that nothing is converted');
      return [];
    }
    return node.items.map(({ key, value }) => ({ name: textOf(key), key, value }));
  }

  #items(node: unknown): readonly unknown[] {
    if (isSeq(node)) return node.items;
    this.#note(node, 'a list is expected here, so that nothing is converted');
    return [];
  }

  #note(node: unknown, message: string): void {
    const offset = (node as Partial<Node> | null | undefined)?.range?.[0] ?? 0;
    this.#notes.push({ line: this.#lines.linePos(offset).line, message });
  }
}

function textOf(node: unknown): string {
  return isScalar(node) && typeof node.value === 'string' ? node.value : '';
}

function unknown(name: string): string {
  return `${quote(name)} is not converted: it is unknown`;
}

function quote(text: string): string {
  return JSON.stringify(text.length > 100 ? `${text.slice(0, 100)}…` : text);
}
