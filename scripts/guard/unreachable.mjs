/**
 * Checks whose deletion no test can notice: `file`; `what`, the check as `--list` shows it; `within`, the line that it stands in, where the
 * file has several of the same text; and `why`.
 */
export const unreachable = [
  {
    file: 'src/core/crypto/verify-on-curve.ts',
    what: 'scalars === undefined',
    why: 'without the check the library is given undefined, which it refuses as it refuses scalars out of range',
  },
  {
    file: 'src/core/verify/steps/certificate.ts',
    what: '!(error instanceof CountersignError)',
    why: 'nothing in the try block throws another error: the check keeps a mistake of ours from passing for a refusal',
  },
  {
    file: 'src/core/log/tlog-policy.ts',
    what: 'name === undefined',
    within: 'if (name === undefined || key === undefined || others.length > 0)',
    why: 'it is there for the compiler: without a name there is no key either',
  },
  {
    file: 'src/core/log/tlog-policy.ts',
    what: 'name === undefined',
    within: 'if (name === undefined || rule === undefined || members.length === 0)',
    why: 'it is there for the compiler: without a name there are no members either',
  },
  {
    file: 'src/core/log/tlog-policy.ts',
    what: 'rule === undefined',
    why: 'it is there for the compiler: without a rule there are no members either',
  },
  {
    file: 'src/core/policy/policy.ts',
    what: "identity !== 'any'",
    why: 'it is there for the compiler: the text has no kind',
  },
  {
    file: 'src/core/trust/trusted-root.ts',
    what: 'error instanceof CountersignError',
    why: 'no other error has the code that is looked for next',
  },
  {
    file: 'src/monitor/readers/refresh.ts',
    what: '!(error instanceof CountersignError)',
    why: 'no other error has a code of the list that is searched next',
  },
  {
    file: 'src/monitor/readers/proof-reader.ts',
    what: '!(error instanceof CountersignError)',
    why: 'no other error has a code of the list that is searched next',
  },
  {
    file: 'src/monitor/readers/certificate-log-source.ts',
    what: '!(error instanceof CountersignError)',
    why: 'no other error has the code that is looked for next',
  },
  {
    file: 'src/monitor/evidence/check-evidence.ts',
    what: '!(error instanceof CountersignError)',
    why: 'nothing in the try block throws another error: the check keeps a bug from being reported as a verdict',
  },
  {
    file: 'src/monitor/audit/audit.ts',
    what: 'origin !== undefined',
    why: 'it is there for the compiler: no log has a name that is undefined',
  },
  {
    file: 'src/monitor/audit/follow-log.ts',
    what: 'error instanceof CountersignError',
    within: 'error instanceof CountersignError &&',
    why: 'no other error has one of the codes that are looked for next',
  },
  {
    file: 'src/monitor/audit/verify-view.ts',
    what: '!(error instanceof CountersignError)',
    why: 'nothing in the try blocks throws another error: the check keeps a bug from being reported as an invalid checkpoint',
  },
  {
    file: 'src/run/audit/bundle-views.ts',
    what: '!(error instanceof CountersignError)',
    why: 'nothing that is tried throws another error: the check keeps a bug from being reported as a problem of a bundle',
  },
  {
    file: 'src/monitor/search-index/index-builder.ts',
    what: 'count < maxEntries',
    why: 'a full segment has no room, so that it is not continued after it was read for nothing',
  },
  {
    file: 'src/run/search/search-service.ts',
    what: "claims.type === 'unknown'",
    why: 'it is there for the compiler: an entry that cannot be read meets no conditions',
  },
  {
    file: 'src/run/search/search-service.ts',
    what: "claims.type !== 'signature'",
    why: 'it is there for the compiler: no entry of a certificate log is of one of the kinds that are compared next',
  },
  {
    file: 'src/core/errors/index.ts',
    what: 'error instanceof CountersignError',
    why: 'nothing in the try block throws another error: the check keeps a mistake of ours from passing for something unreadable',
  },
  {
    file: 'src/sign/session.ts',
    what: '!(error instanceof CountersignError)',
    why: 'an error without one of the two codes that are looked for next is thrown again by the last line of the block too',
  },
  {
    file: 'src/fetch/unpack-archive.ts',
    what: 'cause instanceof CountersignError',
    within: 'if (cause instanceof CountersignError || !isConflict(cause)) throw cause;',
    why: 'no code of a CountersignError is one of a conflict in the file system, so that the other condition is met too',
  },
  {
    file: 'src/fetch/archive-directory.ts',
    what: 'count === undefined',
    why: 'it is there for the compiler: four fields are read, and there are four',
  },
  {
    file: 'src/run/sign/sign-bundle.ts',
    what: "signer.kind === 'certificate'",
    why: 'the policy of a run that signs names an identity, which refuses a bundle with a long-lived key before',
  },
  {
    file: 'src/run/verify/bundle-pool.ts',
    what: '!(failure instanceof CountersignError)',
    why: 'nothing in the try block throws another error: the check keeps a mistake of ours from passing for something unreadable',
  },
  {
    file: 'src/run/verify/bundle-pool.ts',
    what: 'longest > maxCandidates',
    why: 'the next check refuses too, after the groups were joined and sorted for nothing',
  },
  {
    file: 'src/run/verify/select-verifiables.ts',
    what: 'bundles.length > 0',
    why: 'a file without a bundle has at least one that cannot be read',
  },
  {
    file: 'src/subject/glob.ts',
    what: "node.kind === 'literal'",
    why: 'it is there for the compiler: no other node has a code',
  },
  {
    file: 'src/subject/glob.ts',
    what: 'last === undefined',
    why: 'it is there for the compiler: the expression matches both letters or none',
  },
  {
    file: 'src/subject/signing-input.ts',
    what: 'this.#string.length > maxNameLength',
    why: 'the part of a longer name that is kept is longer than any of the names, even if these are written with escapes',
  },
  {
    file: 'src/subject/signing-input.ts',
    what: "typeof name === 'string'",
    why: 'it is there for the compiler: what stands between quotation marks is a string, or is not parsed',
  },
  {
    file: 'src/monitor/rules/learned.ts',
    what: "typeof value === 'number'",
    why: 'it is there for the compiler: no other value is a safe integer',
  },
  {
    file: 'src/monitor/rules/p01-unexplained-signature.ts',
    what: "signer.kind === 'certificate'",
    why: 'it is there for the compiler: no key has been checked for its authority',
  },
  {
    file: 'src/monitor/rules/p11-first-signer.ts',
    what: "signer.kind === 'key'",
    why: 'it is there for the compiler: no key has been checked for its authority',
  },
  {
    file: 'src/monitor/rules/p15-two-owners.ts',
    what: "signer.kind === 'key'",
    why: 'it is there for the compiler: no key has been checked for its authority',
  },
  {
    file: 'src/run/watch/issued.ts',
    what: '!(error instanceof CountersignError)',
    why: 'nothing in the try block throws another error: the check keeps a bug from passing for a certificate that cannot be checked',
  },
  {
    file: 'src/run/watch/read-range.ts',
    what: 'first === undefined',
    why: 'it is there for the compiler: each text has a first part',
  },
  {
    file: 'src/run/watch/receipt-folders.ts',
    what: '!(error instanceof CountersignError)',
    why: 'nothing in the try block throws another error: the check keeps a bug from passing for an unreadable receipt',
  },
  {
    file: 'src/run/watch/receipt-folders.ts',
    what: '!(cause instanceof CountersignError)',
    why: 'nothing in the try block throws another error: the check keeps a bug from passing for an unreadable receipt',
  },
  {
    file: 'src/run/upgrade/fetch-proofs.ts',
    what: 'log === undefined',
    why: 'it is there for the compiler: an entry whose log is not trusted was refused before',
  },
  {
    file: 'src/run/upgrade/upgrade-signature.ts',
    what: 'difference !== undefined',
    why: 'it keeps a mistake of ours from being delivered: the conversion changes nothing that is compared',
  },
];
