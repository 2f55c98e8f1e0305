/** Certificates with hostile contents: what a CA with less care than Fulcio would issue, or anyone with a CA of their own. */

import { der, utf8 } from '../../src/core/encoding/index.ts';
import { type CertificateAuthority, fulcioExtension, jobIdentity, type LeafRequest } from '../fulcio/index.ts';
import { exampleJob } from '../oidc/index.ts';
import { type Extension, generateSigningKey } from '../pki/index.ts';

export interface HostileCertificate {
  /** The fault, in words. */
  readonly name: string;
  /** DER. */
  readonly certificate: Uint8Array;
}

/** A workflow that others may expect as the signer. */
const workflow = 'https://github.com/example-org/example-repo/.github/workflows/release.yml@refs/heads/main';
const alternativeNamesOid = '2.5.29.17';

/** Texts that do something if they are printed, by what they do. */
const texts: Readonly<Record<string, string>> = {
  NUL: `${workflow}\0.evil.example`,
  newline: `${workflow}\nVerified: no findings`,
  'carriage return': `https://evil.example/\r${workflow}`,
  'escape sequences of a terminal': '\u001b[2J\u001b]0;title\u0007\u001b[8mhidden',
  'control characters of C1': `${workflow}\u009b31m\u0085`,
  'bidirectional control characters': 'https://github.com/\u202egro-elpmaxe\u202c/\u2066example\u2069',
  'characters without width': 'https://github.com/exa\u200bmple-org\ufeff/example-repo',
  'line separators': `${workflow}\u2028\u2029`,
  'commands of a workflow': '\n::error::injected%0A::stop-commands::token\n##[set-output name=a]b',
  'a mask of a workflow': '::add-mask::a',
  'markdown and HTML': '| <img src=x onerror=alert(1)> [link](javascript:alert(1)) `code` |\n# Heading',
  'quotes and shell syntax': `"'; $(touch injected) \`touch injected\` && rm -rf .`,
  'look-alike characters': 'https://github.com/ex\u0430mple-org/example-repo',
  'a lone combining mark': 'https://github.com/\u0301example',
  nothing: '',
};

/** Returns the certificates, which the authority signs but no log has seen. They have at most 48 KiB, but the last one, of 1 MiB. */
export function hostileCertificates(authority: CertificateAuthority): readonly HostileCertificate[] {
  const { publicKey } = generateSigningKey('P-256');
  const identity = jobIdentity({ ...exampleJob, iss: 'https://token.actions.githubusercontent.com', sub: 'repo:x' });
  const issue = (changes: Partial<LeafRequest>): Uint8Array =>
    authority.issue({ publicKey, ...identity, signedCertificateTimestamps: () => [], ...changes });
  const uri = (value: string) => ({ kind: 'uniformResourceIdentifier', value }) as const;
  const names = (...values: readonly string[]) => ({
    subjectAlternativeNames: { critical: true, names: values.map(uri) },
  });
  const rawNames = (value: Uint8Array): Partial<LeafRequest> => ({
    subjectAlternativeNames: undefined,
    additionalExtensions: [{ oid: alternativeNamesOid, critical: true, value }, ...identity.additionalExtensions],
  });
  const claims = (...extensions: readonly Extension[]): Partial<LeafRequest> => ({
    additionalExtensions: extensions,
  });
  const padding = (length: number): Partial<LeafRequest> => ({
    trailingExtensions: [{ oid: '2.999.1', critical: false, value: new Uint8Array(length) }],
  });
  const certificate = issue({});
  const rows: Readonly<Record<string, Uint8Array>> = {
    ...prefixed('an alternative name with', texts, (text) => issue(names(text))),
    ...prefixed('claims with', texts, (text) =>
      issue(claims(...[1, 2, 3, 4, 5, 6, 8, 9, 12, 14, 18, 21].map((number) => fulcioExtension(number, text)))),
    ),
    'an alternative name that is not UTF-8': issue(
      rawNames(der.sequence(der.contextPrimitive(6, new Uint8Array([0x68, 0xff, 0xfe, 0xc0, 0x80])))),
    ),
    'an alternative name of another type of otherName': issue({
      subjectAlternativeNames: {
        critical: true,
        names: [{ kind: 'otherName', typeId: '2.999.2', value: der.sequence(der.utf8String(workflow)) }],
      },
    }),
    'no alternative name': issue({ subjectAlternativeNames: undefined }),
    'an empty list of alternative names': issue(names()),
    'two alternative names': issue(names('https://evil.example/workflow.yml@refs/heads/main', workflow)),
    'a thousand alternative names': issue(names(...Array.from({ length: 1000 }, (_, at) => `https://a.example/${at}`))),
    'an alternative name of 40 KiB': issue(names(`https://a.example/${'a'.repeat(40 * 1024)}`)),
    'the extension of alternative names twice': issue({
      trailingExtensions: [
        { oid: alternativeNamesOid, critical: true, value: der.sequence(der.contextPrimitive(6, utf8(workflow))) },
      ],
    }),
    'alternative names that are not DER': issue(rawNames(new Uint8Array([0x30, 0x80, 0x86, 0x01, 0x61, 0, 0]))),
    'a claim twice': issue(claims(fulcioExtension(8, 'https://a.example'), fulcioExtension(8, 'https://b.example'))),
    'a claim that is not DER': issue(
      claims({ oid: '1.3.6.1.4.1.57264.1.9', critical: false, value: new Uint8Array([0x0c, 0x84, 0xff]) }),
    ),
    'claims that contradict each other': issue(
      claims(fulcioExtension(1, 'https://a.example'), fulcioExtension(8, 'https://b.example')),
    ),
    'a length that ends beyond the certificate': certificate.with(3, 0xff),
    'half of a certificate': certificate.subarray(0, certificate.length >> 1),
    'bytes after the certificate': Buffer.concat([certificate, new Uint8Array(3)]),
    'a nesting of 5,000 sequences': nested(5000),
    'a certificate of 47 KiB': issue(padding(46 * 1024)),
    'a certificate of 1 MiB': issue(padding(1024 * 1024)),
  };
  return Object.entries(rows).map(([name, bytes]) => ({ name, certificate: new Uint8Array(bytes) }));
}

function prefixed(
  prefix: string,
  rows: Readonly<Record<string, string>>,
  make: (text: string) => Uint8Array,
): Readonly<Record<string, Uint8Array>> {
  return Object.fromEntries(Object.entries(rows).map(([name, text]) => [`${prefix} ${name}`, make(text)]));
}

/** Returns sequences in each other. */
function nested(depth: number): Uint8Array {
  let bytes: Uint8Array = new Uint8Array();
  for (let level = 0; level < depth; level++) bytes = der.sequence(bytes);
  return bytes;
}
