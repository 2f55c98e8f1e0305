import { bundleTexts } from "./run-deliver-bundle-files.mjs";
import { cosign, countersign, countersignCommand, gh, withinLimit } from "./report-verify-commands.mjs";
import { Html, html, wholeText } from "./report-html.mjs";
import { pathArgument, shellQuoted } from "./report-shell.mjs";
import { deliverFile } from "./deliver-disk.mjs";
import { demandVerified, verifyRun } from "./run-verify-verify-run.mjs";
import { policyUnder, examineUnderRoots } from "./run-policy-load-policy.mjs";
import { neededDigests } from "./core-verify-needed-digests.mjs";
import { digestFileWith } from "./subject-digest-file.mjs";
import { trustedRootTexts } from "./run-policy-load-trust.mjs";
import { readTrustedRoot } from "./core-trust-trusted-root.mjs";
import { checkPolicy, examine, artifactOfDigest } from "./core-certificate-path.mjs";
import { readWitnessKey } from "./core-log-cosignature.mjs";
import { readPublicKeyPem } from "./core-certificate-certificate.mjs";
import { encodePem } from "./core-encoding-der-writer.mjs";
import { readBundle } from "./core-bundle-read-bundle.mjs";
import { encodeBase64, encodeHex } from "./core-encoding-der.mjs";
import { digest, formatDigest, parseDigest } from "./node-regular-file.mjs";
import { parseJsonObject, asList, asObject, asText, concatBytes, utf8 } from "./core-encoding-json.mjs";
import { CountersignError, fail, reading } from "./core-errors-codes.mjs";
import { basename, resolve } from "node:path";
function policyData({ signer, witnesses, ...policy }) {
  return {
    ...policy,
    signer: signer.kind === "key" ? { ...signer, publicKey: pemOf(signer.publicKey) } : signer,
    witnesses: { ...witnesses, keys: witnesses.keys.map(witnessText) }
  };
}
function readPolicyData(data) {
  const signer = asObject(data.signer) ?? refuse("signer");
  const witnesses = asObject(data.witnesses) ?? refuse("witnesses");
  const keys = (asList(witnesses.keys) ?? refuse("witnesses.keys")).map((key) => readWitnessKey(asText(key) ?? ""));
  if (signer.kind !== "key" && signer.kind !== "identity") refuse("signer.kind");
  const read = {
    ...data,
    signer: signer.kind === "key" ? { ...signer, publicKey: readKey(signer) } : signer,
    witnesses: { ...witnesses, keys }
  };
  demandPolicy(read);
  return read;
}
function demandPolicy(value) {
  checkPolicy(value);
}
function readKey({ publicKey }) {
  return readPublicKeyPem(asText(publicKey) ?? refuse("signer.publicKey"));
}
function pemOf({ spki }) {
  return encodePem("PUBLIC KEY", spki);
}
function witnessText(key) {
  const bytes = key.type === "ml-dsa-44" ? concatBytes(new Uint8Array([6]), key.raw) : concatBytes(new Uint8Array([4]), key.publicKey.raw);
  return `${key.name}+${encodeHex(key.keyHint)}+${encodeBase64(bytes)}`;
}
function refuse(member) {
  return fail("POLICY_INVALID", `the policy of the page has no valid ${member}`, {
    remedy: "Use the page as it was written."
  });
}
function receiptTexts({ file: file2, digests: digests2, bundle, roots }) {
  const policies = roots.map(({ policy }) => policyData(policy));
  return {
    data: JSON.stringify({ version: 1, kind: "receipt", file: file2, digests: digests2, policies }),
    bundle: bundle.trim(),
    trustedRoots: roots.map(({ trustedRoot }) => trustedRoot.trim())
  };
}
var maxRoots = 64;
function readPageTexts({ data: text, bundle, trustedRoots }) {
  const data = reading("JSON_INVALID", "the data of the page", () => parseJsonObject(text)) ?? refuse2("is not an object");
  if (data.version !== 1) refuse2("has another version");
  const [first, ...others] = trustedRoots;
  if (first === void 0 || trustedRoots.length > maxRoots) return refuse2("has no trusted root, or too many");
  if (data.kind === "verifier") {
    members(data, ["version", "kind", "obtained"]);
    if (others.length > 0 || bundle !== void 0) refuse2("has more than one trusted root");
    return { kind: "verifier", trust: readTrustedRoot(first), obtained: day(data.obtained) };
  }
  if (data.kind !== "receipt") refuse2("is of an unknown kind");
  members(data, ["version", "kind", "file", "digests", "policies"]);
  const policies = asList(data.policies) ?? refuse2("has no policies");
  if (policies.length !== trustedRoots.length) refuse2("does not have a policy for each trusted root");
  const root = (trustedRoot, index) => {
    const policy = asObject(policies[index]) ?? refuse2("has a policy that is not an object");
    return { trust: readTrustedRoot(trustedRoot), policy: readPolicyData(policy) };
  };
  return {
    kind: "receipt",
    file: asText(data.file) || refuse2("has no file name"),
    artifact: artifactOfDigest(...digests(data.digests)),
    bundle: readBundle(bundle ?? refuse2("has no bundle")),
    roots: [root(first, 0), ...others.map((other, index) => root(other, index + 1))]
  };
}
function digests(value) {
  const texts = asList(value) ?? [];
  const read = texts.map((text) => parseDigest(asText(text) ?? ""));
  const algorithms = new Set(read.map(({ algorithm }) => algorithm));
  if (read.length === 0 || algorithms.size !== read.length) refuse2("must have digests, of different algorithms");
  return read;
}
function day(value) {
  const text = asText(value) ?? "";
  const date = new Date(/^\d{4}-\d\d-\d\d$/.test(text) ? text : Number.NaN);
  return Number.isNaN(date.getTime()) ? refuse2("has no date") : date;
}
function members(data, names) {
  const unknown = Object.keys(data).find((name) => !names.includes(name));
  if (unknown !== void 0) refuse2(`has the unknown member ${JSON.stringify(unknown)}`);
}
function refuse2(reason) {
  return fail("JSON_INVALID", `the data of the page ${reason}`, { remedy: "Use the page as it was written." });
}
function receiptCommands(checked) {
  const { file: file2, digest: digest2, saved, instance, signer, predicateType, isLogged, certificateLogged, source } = checked;
  const program = source === void 0 ? "countersign" : countersignCommand(source);
  if (signer.kind === "key") return withinLimit(keyCommands(checked, program));
  const { issuer } = signer.identity;
  if (issuer === void 0) return [];
  const identity = { ...signer.identity, issuer };
  const subject = {
    kind: "file",
    name: file2,
    digest: digest2,
    bundlePath: saved.bundle,
    predicateType,
    attachedAs: void 0,
    isLogged
  };
  const place = {
    format: predicateType === void 0 ? "per-file" : "attestation",
    instance,
    certificateLogged,
    trustedRoot: saved.trustedRoot,
    workspace: ""
  };
  return withinLimit([
    ...countersign(subject, identity, place, program),
    ...cosign(subject, identity, place),
    ...gh(subject, identity, place)
  ]);
}
function keyCommands({ file: file2, saved, predicateType }, program) {
  const bundle = `--bundle ${pathArgument(saved.bundle)}`;
  const [name, key] = [pathArgument(file2), "--key PUBLIC_KEY.pem"];
  const type = predicateType === void 0 ? [] : [`--type ${shellQuoted(predicateType)}`];
  return [
    { tool: "Countersign", lines: [`${program} verify ${name}`, bundle, key] },
    {
      tool: "cosign",
      lines: [`cosign verify-blob${predicateType === void 0 ? "" : "-attestation"}`, bundle, key, ...type, name]
    }
  ];
}
var receiptStyle = `
:root{color-scheme:light dark;--page:#fff;--panel:#f6f8fa;--line:#d5dae0;--text:#1b2129;--soft:#57606a;--link:#0a58ca;
--good:#1a7f37;--wait:#8a5d00;--bad:#cf222e;--goodback:#e6f5ea;--waitback:#fff6da;--badback:#ffecea;--busyback:#eef3fb;
--button:#0a58ca;--onbutton:#fff;--mono:ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace}
@media (prefers-color-scheme:dark){:root{--page:#0f1318;--panel:#181d24;--line:#333b45;--text:#e3e8ee;--soft:#9ba6b2;--link:#79b0ff;
--good:#56d275;--wait:#e0b341;--bad:#ff7b72;--goodback:#12281a;--waitback:#2b2410;--badback:#331719;--busyback:#172231;
--button:#79b0ff;--onbutton:#0f1318}}
*{box-sizing:border-box}
[hidden]{display:none!important}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--page);color:var(--text);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif}
.skip{position:absolute;left:-999px}
.skip:focus{left:1rem;top:1rem;background:var(--page);padding:.5rem 1rem;z-index:1}
header,main,footer{max-width:47rem;margin:0 auto;padding:0 1.25rem}
header{padding-top:2rem}
.brand{font-size:.95rem;font-weight:600;color:var(--soft);margin:0}
h1{font-size:1.7rem;line-height:1.25;font-weight:650;margin:.15rem 0 1.1rem;overflow-wrap:anywhere}
h2{font-size:1.2rem;margin:2.6rem 0 .4rem}
h3{font-size:1rem;margin:1.2rem 0 .3rem}
p{margin:.45rem 0}
a{color:var(--link)}
code,.mono{font-family:var(--mono);font-size:.87em;overflow-wrap:anywhere}
.soft{color:var(--soft)}
:focus-visible{outline:2px solid var(--link);outline-offset:2px;border-radius:3px}
.verdict{display:flex;gap:1.1rem;align-items:flex-start;border:1px solid var(--line);border-left:.45rem solid var(--tone);border-radius:.6rem;background:var(--back);padding:1.15rem 1.3rem;--tone:var(--link);--back:var(--busyback)}
.verdict svg{flex:none;width:2.5rem;height:2.5rem;color:var(--tone);fill:none;stroke:currentColor;stroke-width:2.4;stroke-linecap:round;stroke-linejoin:round}
.verdict .headline{font-size:1.4rem;line-height:1.3;font-weight:650;margin:0}
.verdict p+p{margin:.3rem 0 0}
.verdict div{min-width:0;overflow-wrap:anywhere}
.good{--tone:var(--good);--back:var(--goodback)}
.open{--tone:var(--wait);--back:var(--waitback)}
.bad{--tone:var(--bad);--back:var(--badback)}
.facts{margin:1.4rem 0 0;padding:0}
.facts>div{display:grid;grid-template-columns:9.5rem 1fr;gap:0 1.2rem;padding:.75rem 0;border-top:1px solid var(--line)}
.facts>div:first-child{border-top:0}
.facts dt{color:var(--soft)}
.facts dd{margin:0;min-width:0;overflow-wrap:anywhere;grid-column:2}
.facts dd.main{font-weight:600}
.drop{border:2px dashed var(--line);border-radius:.6rem;padding:1.1rem 1.3rem;margin:.8rem 0 0;background:var(--panel)}
.over .drop{border-color:var(--link);background:var(--busyback)}
input[type=file]{font:inherit;max-width:100%;color:var(--text)}
input[type=file]::file-selector-button,button{font:inherit;font-weight:600;border:1px solid var(--button);border-radius:.45rem;padding:.4rem .9rem;background:var(--button);color:var(--onbutton);cursor:pointer}
input[type=file]::file-selector-button{margin-right:.9rem}
button.plain{background:transparent;color:var(--link);border-color:var(--line)}
label,legend{font-weight:600}
fieldset{border:0;margin:1rem 0 0;padding:0;min-width:0}
.field{margin:.9rem 0 0}
.field label{display:block;margin-bottom:.25rem}
.choice{display:flex;gap:.55rem;align-items:baseline;margin:.35rem 0}
.choice label{font-weight:400}
input[type=text]{font:inherit;width:100%;padding:.45rem .65rem;border:1px solid var(--soft);border-radius:.4rem;background:var(--page);color:var(--text)}
progress{width:100%;height:.7rem;margin:.6rem 0 .3rem;accent-color:var(--button)}
.note{border:1px solid var(--line);border-left:.3rem solid var(--wait);border-radius:.5rem;padding:.7rem 1rem;margin:1.6rem 0 0;background:var(--waitback)}
.note h2{margin:0;font-size:1.05rem}
.note p:last-child{margin-bottom:0}
.steps{list-style:none;margin:.6rem 0 0;padding:0}
.steps li{display:grid;grid-template-columns:6.6rem 1fr;gap:0 1rem;padding:.7rem 0;border-top:1px solid var(--line)}
.steps li:first-child{border-top:0}
.steps p{margin:0;overflow-wrap:anywhere}
.steps div{min-width:0}
.steps .mono{font-size:.8em}
.badge{display:inline-block;border:1px solid currentColor;border-radius:1rem;padding:.02rem .65rem;font-size:.82rem;font-weight:600;white-space:nowrap}
.pass{color:var(--good)}.fail{color:var(--bad)}.not-checked{color:var(--soft)}
.title{font-weight:600}
pre{margin:.35rem 0 0;padding:.8rem 1rem;border:1px solid var(--line);border-radius:.5rem;background:var(--panel);overflow-x:auto;white-space:pre-wrap;overflow-wrap:anywhere}
.buttons{display:flex;flex-wrap:wrap;gap:.6rem;margin:.9rem 0 0}
summary{cursor:pointer;color:var(--link);width:fit-content}
.claims{display:grid;grid-template-columns:minmax(9.5rem,auto) 1fr;gap:.2rem 1.2rem;margin:.6rem 0 0}
.claims dt{color:var(--soft)}
.claims dd{margin:0;min-width:0}
footer{margin-top:3rem;padding-bottom:2.5rem;color:var(--soft);font-size:.9rem}
footer::before{content:"";display:block;border-top:1px solid var(--line);margin-bottom:1rem}
@media (max-width:36rem){
header,main,footer{padding-left:1rem;padding-right:1rem}
.verdict .headline{font-size:1.2rem}
.facts>div,.claims{grid-template-columns:1fr}
.facts dd{grid-column:1}
.steps li{grid-template-columns:1fr;gap:.3rem}
}
@media print{
:root{color-scheme:light;--page:#fff;--panel:#fff;--line:#bbb;--text:#000;--soft:#444;--link:#000;--good:#14602b;--wait:#6b4800;--bad:#9d1620;
--goodback:#fff;--waitback:#fff;--badback:#fff;--busyback:#fff}
body{font-size:10.5pt}
header,main,footer{max-width:none;padding-left:0;padding-right:0}
.skip,.drop,.buttons,.screen{display:none!important}
h1{font-size:17pt}h2{margin-top:1.4rem}
.verdict,.note,.steps li,.facts>div,pre{break-inside:avoid}
h2,h3{break-after:avoid}
}
`;
var maxLength = 4 * 1024 * 1024;
function receiptPage({ commands, saved, ...content }, script) {
  const { file: file2 } = content;
  const text = page({
    title: `Receipt for ${file2}`,
    brand: "Countersign receipt",
    heading: file2,
    body: [
      facts(),
      html`<section aria-labelledby="file-title" class="screen"><h2 id="file-title">Check your copy of the file</h2><p>The receipt does not contain the file. Choose your copy, and this page compares it with what was signed. The file stays on this computer: nothing is sent anywhere.</p>${fileField("Your copy of the file")}${progress()}</section>`,
      limits(
        html`Before you rely on it, get the receipt from a source that you trust, or check the file with a <a href="#commands">program that you have installed yourself</a>.`
      ),
      steps(),
      html`<section aria-labelledby="commands-title" id="commands"><h2 id="commands-title">Check it with another program</h2><p>These commands do not use this page. Each of them needs the file and the bundle, which contains the signature. Save the bundle as <code>${saved.bundle}</code> next to the file${saved.trustedRoot === void 0 ? void 0 : html`, and the trusted root as <code>${saved.trustedRoot}</code>`}.</p>${commands.length === 0 ? html`<p>There is no command for a signature of this kind.</p>` : commands.map(
        ({ tool, lines }) => html`<h3>${tool}</h3><pre tabindex="0"><code>${wholeText(lines.join("\n"))}</code></pre>`
      )}<p class="buttons"><button type="button" class="plain" id="save-bundle" data-name="${wholeText(saved.bundle)}">Save the bundle</button>${saved.trustedRoot === void 0 ? void 0 : html` <button type="button" class="plain" id="save-root" data-name="${wholeText(saved.trustedRoot)}">Save the trusted root</button>`}</p></section>`,
      claims()
    ],
    texts: receiptTexts(content),
    script
  });
  if (text.length > maxLength)
    fail("LIMIT_EXCEEDED", `the receipt has ${text.length} characters; the limit is ${maxLength}`, {
      remedy: "Give the bundle itself to the person: it is too long for a page."
    });
  return text;
}
function page({ title, brand, heading, body, texts, script }) {
  if (/<!--|<\/?script/i.test(script)) throw new Error("the script cannot be part of a page");
  const policy = `default-src 'none'; script-src '${hashOf(script)}'; style-src '${hashOf(receiptStyle)}'; base-uri 'none'; form-action 'none'`;
  const whole = html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${new Html(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${new Html(receiptStyle)}</style>
</head>
<body>
<a class="skip" href="#result">Skip to the result</a>
<header>
<p class="brand">${brand}</p>
<h1>${heading}</h1>
</header>
<main>
<noscript><div class="verdict bad"><div><p class="headline">Nothing was verified</p><p>This page verifies the signature with JavaScript, which is switched off here. Without it, the page proves nothing. Switch JavaScript on, or use the <a href="#commands">commands below</a>.</p></div></div></noscript>
<div id="result" class="verdict" role="status" aria-live="polite" tabindex="-1" hidden><svg viewBox="0 0 24 24" aria-hidden="true"><circle cx="12" cy="12" r="10"/><path id="mark" d="M8 12h.01M12 12h.01M16 12h.01"/></svg><div><p class="headline" id="headline"></p><p id="sentence"></p></div></div>
${body}
</main>
<footer><p id="checked"></p><p>This page loads nothing and sends nothing: its content security policy forbids it. The verifier in it is that of the command <code>countersign verify</code>.</p></footer>
${dataElement("data", texts.data)}
${texts.bundle === void 0 ? void 0 : dataElement("bundle", texts.bundle)}
${texts.trustedRoots.map((text, index) => dataElement(`trusted-root-${index}`, text))}
<script>${new Html(script)}</script>
</body>
</html>
`;
  return whole.text;
}
function dataElement(id, json) {
  return new Html(`<script type="application/json" id="${id}">${json.replaceAll("<", "\\u003c")}</script>`);
}
function hashOf(text) {
  return `sha256-${encodeBase64(digest("sha256", utf8(text)).bytes)}`;
}
function fileField(label) {
  return html`<div class="drop field"><label for="file">${label}</label><input type="file" id="file"><p class="soft">Or drop it on this page.</p></div>`;
}
function progress() {
  return html`<div id="working" hidden><progress id="progress" max="100" aria-labelledby="read"></progress><p class="soft" id="read"></p><p class="buttons"><button type="button" class="plain" id="cancel">Cancel</button></p></div>`;
}
function facts() {
  return html`<section id="facts" aria-labelledby="facts-title" hidden><h2 id="facts-title"></h2><p class="soft" id="facts-note"></p><dl class="facts" id="facts-list"></dl></section>`;
}
function limits(advice) {
  return html`<section class="note" aria-labelledby="limits-title"><h2 id="limits-title">A page can claim anything</h2><p>The person who can edit this page can also edit the result that it shows, and a copied page looks like the original. ${advice}</p></section>`;
}
function steps() {
  return html`<section id="how" aria-labelledby="how-title" hidden><h2 id="how-title">What was checked</h2><ul class="steps" id="steps"></ul></section>`;
}
function claims() {
  return html`<section id="all" aria-labelledby="all-title" hidden><h2 id="all-title">All claims</h2><details><summary>Show all claims</summary><div id="claims"></div></details></section>`;
}
async function makeReceipt(from, script, now) {
  const { file: file2, digests: digests2, bundle, roots } = from;
  const content = { file: file2, digests: digests2.map(formatDigest), bundle, roots };
  const verdict = await verifyTexts(receiptTexts(content), now);
  return receiptPage({ ...content, ...commandsFor(from, verdict) }, script);
}
async function verifyTexts(texts, now) {
  const data = readPageTexts(texts);
  if (data.kind !== "receipt") throw new CountersignError("JSON_INVALID", "the page is not a receipt");
  const { bundle, artifact, roots } = data;
  const { verdict, failure } = await examineUnderRoots(
    roots,
    ({ trust, policy }) => examine(bundle, artifact, trust, policy, now)
  );
  if (failure === void 0) return verdict;
  throw new CountersignError(failure.code, `the receipt of ${file(data.file)} would not be valid: ${failure.message}`, {
    cause: failure,
    remedy: failure.remedy ?? "Give the bundle itself to the person."
  });
}
function file(name) {
  return JSON.stringify(name);
}
function commandsFor({ file: file2, digests: digests2, instance, source }, verdict) {
  const isBuiltIn = instance.name === "public-good" && instance.trustedRoot === void 0;
  const saved = { bundle: `${file2}.sigstore.json`, trustedRoot: isBuiltIn ? void 0 : "trusted_root.json" };
  const [digest2] = digests2;
  if (digest2 === void 0) return { commands: [], saved };
  const { content, logEntries, signedCertificateTimestamps } = verdict;
  const commands = receiptCommands({
    file: file2,
    digest: digest2,
    saved,
    instance: instance.name,
    signer: verdict.signer,
    predicateType: content.kind === "dsse-envelope" ? content.statement.predicateType : void 0,
    isLogged: logEntries.length > 0,
    certificateLogged: signedCertificateTimestamps.length > 0,
    source
  });
  return { commands, saved };
}
async function writeReceipts(request, script, world) {
  const { verification, instance, places, source } = request;
  const { policy, trust } = verification;
  const paths = receiptPaths(request);
  if ((policy.attestations ?? []).length > 0)
    fail("USAGE", "`require-attestation` cannot be used: a receipt has one bundle, and requires no others", {
      remedy: "Write a receipt for the bundle of each type with `predicate-type`."
    });
  const report = await verifyRun(verification, world);
  demandVerified(report);
  const texts = await trustedRootTexts(instance, world, policy);
  if (texts.length !== trust.roots.length)
    fail("USAGE", "the trusted root was changed while it was used", { remedy: "Run again." });
  const roots = trust.roots.map((choice, index) => ({
    trustedRoot: texts[index] ?? "",
    policy: policyUnder(policy, choice)
  }));
  const pages = [];
  for (const { name: artifact, file: file2, path } of paths) {
    const [one] = report.results.flatMap(
      ({ artifact: name, digest: digest2, bundle: bundle2, bundleDigest, verdict }) => name !== artifact || verdict === void 0 || bundle2 === void 0 || digest2 === void 0 ? [] : [{ artifact, digest: parseDigest(digest2), bundle: bundle2, bundleDigest, verdict }]
    );
    if (one === void 0) return fail("BUNDLE_MISSING", `${JSON.stringify(artifact)} was not verified`);
    const [text] = await bundleTexts([one], world);
    const bundle = new TextDecoder().decode(text?.json);
    const algorithms = new Set(roots.flatMap((root) => neededDigests(readBundle(bundle), root.policy)));
    const digests2 = await digestFileWith(world.files, { path: file2 }, [...algorithms]);
    const page2 = await makeReceipt(
      { file: basename(resolve(file2)), digests: digests2, bundle, roots, instance, source },
      script,
      world.clock()
    );
    pages.push({ artifact, path, page: page2 });
  }
  for (const { path, page: page2 } of pages) await deliverFile(world.files, world.random, path, page2, places);
  return { report, receipts: pages.map(({ artifact, path }) => ({ artifact, path })) };
}
function receiptPaths({ verification: { artifacts, bundles }, output }) {
  const files = artifacts.map(
    (artifact) => artifact.kind === "file" ? artifact : fail("USAGE", `${JSON.stringify(artifact.name)} is not a file, and only files can have receipts`, {
      remedy: "Specify the path of a file."
    })
  );
  if (output !== void 0 && files.length > 1)
    fail("USAGE", `\`output\` is the path of one receipt, and there are ${files.length} files`, {
      remedy: "Omit `output`. Each receipt is then next to its file."
    });
  const taken = /* @__PURE__ */ new Set([...files.map(({ path }) => resolve(path)), ...bundles.paths.map((path) => resolve(path))]);
  return files.map(({ name, path }) => {
    const receipt = resolve(output ?? `${path}.receipt.html`);
    if (taken.has(receipt) || receipt === `${resolve(path)}.sigstore.json`)
      fail("USAGE", `${receipt} is a file to verify or a bundle, and cannot be replaced by a receipt`, {
        remedy: "Specify a different path with `output`."
      });
    return { name, file: path, path: receipt };
  });
}
export {
  makeReceipt,
  writeReceipts
};
