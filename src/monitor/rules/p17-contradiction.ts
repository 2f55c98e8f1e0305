import { plainUrl } from '../../core/encoding/index.ts';
import type { StatedProvenance } from './facts.ts';
import type { EntryRule, RuleContext, Verdict } from './rule.ts';
import {
  digestText,
  isGitHubJob,
  issuedSigners,
  ownerOf,
  repositoryName,
  repositoryOf,
  runOf,
  sameName,
  workflowOf,
} from './signer.ts';
import { firstVerdict, observed } from './verdicts.ts';
import type { CertifiedSigner, WatchedEntry } from './watched-entry.ts';

/** Compares the claims of a certificate with each other, and with the provenance that was signed. */
export const contradiction: EntryRule = {
  about: 'entries',
  id: 'P17',
  name: 'contradiction',
  version: 1,
  severity: 'alert',
  reason:
    'Provenance is text that the job wrote. A job that was taken over states another source or build than its certificate, which the certificate authority filled in.',
  condition:
    'Two claims of a certificate contradict each other, or the provenance statement that an entry signed, if its bundle is in the `receipts`, states another repository, ref, commit, workflow or run than the certificate.',
  falseAlarms:
    'Builders that state their own workflow instead of the calling one. Logs do not contain statements, so that without receipts only certificates are checked.',
  needs: [],
  learns: false,
  check: (entry, context) => firstVerdict(issuedSigners(entry), (signer) => compare(entry, signer, context)),
};

function compare(entry: WatchedEntry, signer: CertifiedSigner, { facts, policy }: RuleContext): Verdict | undefined {
  const provenance = provenanceOf(entry, facts);
  const inside = contradictoryClaims(signer, policy);
  const outside = provenance === undefined ? [] : contradictoryProvenance(provenance, signer);
  const [first] = [...inside, ...outside];
  if (first === undefined) return undefined;
  return observed({
    title:
      inside.length > 0
        ? `the claims of a certificate of ${repositoryName(signer)} contradict each other`
        : `provenance of ${repositoryName(signer)} contradicts the certificate that signed it`,
    reason: [...inside, ...outside].join(' '),
    remedy: 'Do not trust the artifact before you know how the statement was made.',
  });
}

function provenanceOf({ digests }: WatchedEntry, { receipts }: RuleContext['facts']): StatedProvenance | undefined {
  if (receipts.kind !== 'known') return undefined;
  const digest = digests.map(digestText).find((one) => receipts.value.provenance.has(one));
  return digest === undefined ? undefined : receipts.value.provenance.get(digest);
}

/** Returns the contradictions within a certificate of a job of GitHub Actions, as sentences. Fulcio writes most claims twice. */
function contradictoryClaims(signer: CertifiedSigner, policy: RuleContext['policy']): readonly string[] {
  if (!isGitHubJob(signer, policy)) return [];
  const { claims, names } = signer;
  const name = names.find(({ kind }) => kind === 'uri')?.value;
  const pairs: readonly (readonly [what: string, one: string | undefined, other: string | undefined])[] = [
    ['issuer', claims.issuer, claims.olderIssuer],
    ['trigger', claims.buildTrigger, claims.githubWorkflowTrigger],
    ['commit', claims.sourceRepositoryDigest, claims.githubWorkflowSha],
    ['ref', claims.sourceRepositoryRef, claims.githubWorkflowRef],
    ['repository', repositoryOf(signer)?.name, claims.githubWorkflowRepository],
    ['owner', ownerOf(signer), repositoryOf(signer)?.name.split('/')[0]],
    ['workflow', claims.buildSignerUri, name === undefined ? undefined : (plainUrl(name) ?? name)],
  ];
  return pairs.flatMap(([what, one, other]) =>
    one === undefined || other === undefined || one === other
      ? []
      : [`The certificate states the ${what} ${one}, and also ${other}.`],
  );
}

/** Returns the contradictions between a statement and the certificate, as sentences. */
function contradictoryProvenance(stated: StatedProvenance, signer: CertifiedSigner): readonly string[] {
  const { claims } = signer;
  const run = runOf(signer);
  const certified: readonly (readonly [what: string, stated: string | undefined, certified: string | undefined])[] = [
    ['repository', stated.repository?.toLowerCase(), claims.sourceRepositoryUri?.toLowerCase()],
    ['ref', stated.ref, workflowOf(signer)?.ref ?? claims.sourceRepositoryRef],
    ['commit', stated.commit, claims.sourceRepositoryDigest],
    ['workflow', stated.workflow, workflowOf(signer)?.path],
  ];
  const differences = certified.flatMap(([what, one, other]) =>
    one === undefined || other === undefined || one === other
      ? []
      : [`The statement names the ${what} ${one}, and the certificate ${other}.`],
  );
  const invocation = stated.invocation && runOf({ ...signer, claims: { runInvocationUri: stated.invocation } });
  if (
    invocation &&
    run !== undefined &&
    !(sameName(invocation.repository, run.repository) && invocation.id === run.id && invocation.attempt === run.attempt)
  )
    differences.push(
      `The statement names the run ${stated.invocation}, and the certificate ${claims.runInvocationUri}.`,
    );
  return differences;
}
