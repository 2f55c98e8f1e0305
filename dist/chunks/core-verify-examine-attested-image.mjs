import { examineSimpleSigning } from "./core-statement-simple-signing.mjs";
import { checkPolicy, checkTexts, conclude, examine, matchPredicateType, noVerdict, predicateChecks, predicateStep, artifactOfDigest, findSubject, readStatement, check, criterionNames } from "./core-certificate-path.mjs";
import { formatDigest } from "./node-regular-file.mjs";
import { exactly } from "./core-certificate-certificate.mjs";
import { CountersignError, fail } from "./core-errors-codes.mjs";
var signatureType = "https://sigstore.dev/cosign/sign/v1";
function readAttestedStatements({ digest, statements }, image) {
  const remedy = "Check that the index lists each attestation manifest for its own image. Otherwise, build the image again.";
  const name = `the attestation manifest ${formatDigest(digest)}`;
  const read = statements.map((bytes, index) => {
    try {
      const statement = readStatement(bytes);
      return { kind: "dsse-envelope", statement, ...findSubject(statement, [image]) };
    } catch (cause) {
      if (!(cause instanceof CountersignError)) throw cause;
      return fail(cause.code, `statement ${index + 1} of ${name}: ${cause.message}`, { cause, remedy });
    }
  });
  if (read.length === 0)
    fail("ARTIFACT_MISMATCH", `${name} contains no statement about ${formatDigest(image)}`, { remedy });
  return read;
}
async function examineAttestedImage(bundle, document, manifest, image, trust, policy, now) {
  checkPolicy(policy);
  const { predicateType, subjectName, predicate = [], ...content } = policy.content;
  const outer = { ...policy, content };
  const signed = document === void 0 ? await examine(bundle, artifactOfDigest(manifest.digest), trust, outer, now) : await examineSimpleSigning(bundle, document, manifest.digest, trust, outer, now);
  const attested = await check(
    { name: "image", expected: formatDigest(image) },
    // Statements that nobody signed are not parsed.
    { signature: signed.verdict },
    (basis) => {
      demandSignature(basis.signature.content);
      return readAttestedStatements(manifest, image);
    },
    ({ length }) => `${length === 1 ? "one statement" : `${length} statements`} in the attestation manifest ${formatDigest(manifest.digest)}`
  );
  const judge = predicateStep(policy, await predicateChecks(predicate), now);
  const statements = await Promise.all(
    (attested.proven ?? [void 0]).map(async (statement) => {
      const criteria2 = await checkTexts("image", statement, policy.content);
      return { criteria: [...criteria2, ...await judge(statement, signed.verdict?.signer)], proven: statement };
    })
  );
  const best = bestStatement(statements);
  const criteria = [...signed.criteria, ...attested.criteria, ...best.criteria, ...contradictions(statements, best)];
  criteria.sort((a, b) => criterionNames.indexOf(a.name) - criterionNames.indexOf(b.name));
  return conclude(criteria, { ...noVerdict, ...signed.verdict, content: best.proven });
}
function demandSignature(content) {
  if (content.kind !== "simple-signing") matchPredicateType(content, exactly(signatureType));
}
function bestStatement(statements) {
  const [best] = [...statements].sort((a, b) => failures(a) - failures(b));
  return best ?? { criteria: [], proven: void 0 };
}
function contradictions(statements, best) {
  return statements.filter((statement) => statement !== best).flatMap(({ criteria }) => criteria.filter(({ name, outcome }) => name === "provenance" && outcome === "fail"));
}
function failures({ criteria }) {
  return criteria.reduce((sum, { failure, outcome }) => {
    if (failure?.code === "PREDICATE_TYPE_MISMATCH") return sum + criteria.length + 1;
    return outcome === "pass" ? sum : sum + 1;
  }, 0);
}
export {
  examineAttestedImage,
  readAttestedStatements
};
