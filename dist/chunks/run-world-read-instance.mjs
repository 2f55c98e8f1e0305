import{isSafeUrl as j,readSigningConfig as I,selectServices as Ye}from"./core-trust-signing-config.mjs";import{describeAnswer as Qe,expectStatus as Y}from"./services-http-answer.mjs";import{readInput as m}from"./core-trust-trusted-root.mjs";import{readTrustedRoot as E,readTrustedRoots as Re}from"./core-trust-trusted-root.mjs";import{demandWritable as Te,writeAtomically as U}from"./core-certificate-path.mjs";import{makeFolder as _e}from"./core-certificate-path.mjs";import{defaultThresholds as y,exactIdentity as He,shownUrl as B}from"./core-certificate-path.mjs";import{covers as We,describeExpectation as qe,exactly as $e,matching as Xe,pathWithin as ea,readValidityWindow as aa}from"./core-certificate-path.mjs";import{countKeys as ia,encodeP256PublicKey as ca,keyText as ra,oids as sa,readCertificate as da,readPublicKey as na,readPublicKeyPem as fa,readRsaNumbers as ba,readSignatureAlgorithm as pa,signingHashes as ua,verifyDigestSignature as ha,verifySignature as ga,verifyWithAlgorithm as la}from"./core-bundle-read-bundle.mjs";import{decodePem as wa,der as ka,encodePem as Ia}from"./core-encoding-der.mjs";import{digest as va,digestLengths as Aa,equalDigests as Ca,formatDigest as Da,isHashAlgorithm as Ka,parseDigest as ja,toDigest as Ya}from"./core-bundle-read-bundle.mjs";import{decodeHex as Qa,encodeHex as La}from"./core-encoding-der.mjs";import{NotRegularFile as Pa,describeFile as Ra,openRegularFile as Za,readExactly as Ma,readRegularFile as Q,readToEnd as Ta,readUpTo as za,sameFile as Ga}from"./core-bundle-read-bundle.mjs";import{readEcdsaSignature as Oa}from"./core-bundle-read-bundle.mjs";import{DerReader as Va,contextTag as Wa,readDer as qa,readSequence as $a,tags as Xa}from"./core-encoding-der.mjs";import{abytes as tt,aexists as ot,ahash as it,anumber as ct,aoutput as rt,bytesToHex as st,clean as dt,concatBytes as nt,hexToBytes as ft,isBytes as bt,randomBytes as pt,sha256 as ut,sha384 as ht,sha512 as gt}from"./core-encoding-der.mjs";import{ProtoField as x}from"./core-encoding-der.mjs";import{decodeBase64 as kt,encodeBase64 as p}from"./core-encoding-der.mjs";import{asList as xt,asObject as vt,asText as At,memberAt as Ct,parseJson as Dt,parseJsonMembers as Kt}from"./core-encoding-der.mjs";import{concatBytes_2 as Ut,decodeUtf8 as Bt,equalBytes as Qt,isWellFormed as Lt,readUint as Nt,uintBytes as St,utf8 as Pt}from"./core-encoding-der.mjs";import{CountersignError as w,exitCodes as Mt,fail as u,inContext as Tt,reading as zt,systemCode as Gt}from"./core-errors-index.mjs";import{__callDispose as Ot,__commonJS as Ht,__esm as Jt,__export as Vt,__require as Wt,__toCommonJS as qt,__toESM as $t,__using as Xt}from"./core-errors-index.mjs";import{join as z}from"node:path";import{mkdtemp as G,readFile as _,rm as F,writeFile as v}from"node:fs/promises";import{tmpdir as O}from"node:os";import{join as h}from"node:path";import{createHash as H}from"node:crypto";import*as P from"node:fs/promises";import{join as J}from"node:path";var V=["trusted_root.json","signing_config.v0.2.json","signing_config_rekor_v2.v0.2.json"];function K(e){return V.some(t=>t===e)}function W(e){K(e)||u("USAGE",`${JSON.stringify(e)} is not a file of a trust root repository`)}var L=32*1024*1024,q=1024,$=16;function A(e,{metadata:t}){let a=t.hostname.replace(/[^a-z0-9.-]/g,"_"),o=H("sha256").update(t.href).digest("hex").slice(0,16);return J(e,`trust-root-${a}-${o}.json`)}async function R(e){let t;try{t=await Q(P,e,L)}catch{return}let a=x.parse(t,"TRUSTED_ROOT_INVALID",`the cached trust root (${e})`,{maxLength:L}),o=new Map;for(let i of a.field("files").list($)){let r=i.field("name").text();K(r)&&o.set(r,i.field("bytes").data())}let c=a.field("roots").list(q);return{refreshedAt:a.field("refreshedAt").time()??a.field("refreshedAt").fail("is missing"),roots:new Map(c.map(i=>[Number(i.field("version").uint64()),i.field("bytes").data()])),timestamp:a.field("timestamp").data(),snapshot:a.field("snapshot").data(),targets:a.field("targets").data(),files:o}}async function X(e,t,a){await U(P,a,e,`${JSON.stringify(ee(t))}
`)}function ee(e){return{refreshedAt:e.refreshedAt.toISOString(),roots:[...e.roots].map(([t,a])=>({version:t,bytes:p(a)})),timestamp:p(e.timestamp),snapshot:p(e.snapshot),targets:p(e.targets),files:[...e.files].map(([t,a])=>({name:t,bytes:p(a)}))}}function ae({metadataUrl:e,targetsUrl:t}){let a=N(e);return{metadata:a,targets:t===void 0?new URL("targets/",a):N(t)}}function N(e){let t=o=>u("USAGE",`the address of a trust root repository ${o}: ${B(e)}`);if(!URL.canParse(e))return t("is not a URL");let a=new URL(e);return j(a)?a.username!==""||a.password!==""?t("has a user name or a password, which is not sent"):(a.pathname.endsWith("/")||(a.pathname+="/"),a.search="",a.hash="",a):t("is neither https nor on this machine")}var te=15e3,oe=8*1024*1024;function ie(e,{metadata:t}){let a="the trust root repository";return{name:`${a} (${t.origin})`,read:async(o,c)=>{let i={method:"GET",url:o,headers:{accept:"application/json"},service:a,quotes:"message",timeoutMilliseconds:te,maxBodyLength:Math.min(c,oe)},r=await e(i);return[403,404].includes(r.status)?void 0:Y(i,r,200).body},remedies:{expired:"It was not renewed in time, or an old copy of it is served here. Run again later, or give a trusted root.",missing:"Check the address of the repository."}}}function ce(e,{metadata:t}){return{name:`the cached trust root of ${t.origin}`,read:async a=>re(e,a.pathname.slice(a.pathname.lastIndexOf("/")+1)),remedies:{expired:"Run once with the network, or accept it as it is with `--offline-stale`.",missing:"Run once with the network, or give a trusted root."}}}function re(e,t){let[,a]=/^(\d{1,9})\.root\.json$/.exec(t)??[];if(a!==void 0)return e.roots.get(Number(a));if(t==="timestamp.json")return e.timestamp;if(/^(?:\d+\.)?snapshot\.json$/.test(t))return e.snapshot;if(/^(?:\d+\.)?targets\.json$/.test(t))return e.targets;let o=t.replace(/^(?:[0-9a-f]{64}|[0-9a-f]{128})\./,"");return K(o)?e.files.get(o):void 0}var se=1440*60*1e3,de=new Date(0);async function ne(e,t,a){t.forEach(W);let o=ae(e),c=await G(h(a.temporaryDirectory??O(),"countersign-tuf-"));try{let i={repository:e,urls:o,names:t,options:a,folder:c,time:a.clock()};return a.mode===void 0||a.mode==="online"?await be(i):await fe(i)}finally{await F(c,{recursive:!0,force:!0})}}async function fe(e){let{urls:t,options:a,time:o}=e,{cacheDirectory:c}=a,i=c===void 0?void 0:await R(A(c,t));i===void 0&&u("TRUSTED_ROOT_MISSING",`nothing of the trust root repository (${t.metadata.origin}) is cached here`,{remedy:"Run once with the network, or give a trusted root."});let r={source:"cache",refreshedAt:i.refreshedAt,warnings:[]};try{return{...r,files:(await C(e,i,o)).files,expired:!1}}catch(s){if(a.mode!=="offline-stale"||!D(s,"TRUSTED_ROOT_EXPIRED"))throw s;return{...r,files:(await C(e,i,de)).files,expired:!0}}}async function be(e){let{repository:t,urls:a,names:o,options:c,folder:i,time:r}=e,{http:s,cacheDirectory:d}=c,f=[],n=d===void 0?void 0:await ue(A(d,a),f);if(n===void 0)await Z(i,t.rootJson);else{let b=await pe(e,n,f);if(b!==void 0&&he(n,r))return{files:b.files,source:"cache",refreshedAt:n.refreshedAt,expired:!1,warnings:f};await v(h(i,"timestamp.json"),n.timestamp),await v(h(i,"snapshot.json"),n.snapshot)}let{update:g}=await import("./services-tuf-update.mjs"),l=await g({urls:a,source:ie(s,a),names:o,time:r,folder:i});if(d!==void 0){let b=A(d,a),k=await ge(e,l,n);await X(b,k,c.random).catch(T=>{f.push(`the trust root was not cached: ${b} cannot be written (${String(T)})`)})}return{files:l.files,source:"repository",refreshedAt:r,expired:!1,warnings:f}}async function C({repository:e,urls:t,names:a,folder:o},c,i){await Z(o,e.rootJson);let{update:r}=await import("./services-tuf-update.mjs");return r({urls:t,source:ce(c,t),names:a,time:i,folder:o})}async function pe(e,t,a){try{return await C(e,t,e.time)}catch(o){if(D(o,"TRUSTED_ROOT_EXPIRED")||D(o,"TRUSTED_ROOT_MISSING"))return;if(!(o instanceof w))throw o;a.push(`the cached trust root was not used: ${o.message}`);return}}async function ue(e,t){try{return await R(e)}catch(a){if(!(a instanceof w))throw a;t.push(`the cached trust root was not used: ${a.message}`);return}}async function Z(e,t){await v(h(e,"root.json"),t)}function D(e,t){return e instanceof w&&e.code===t}function he({refreshedAt:e},t){let a=t.getTime()-e.getTime();return a>=0&&a<se}async function ge({repository:e,folder:t,time:a},o,c){let i=d=>_(h(t,`${d}.json`)),r=S(await i("root")),s=[...c?.roots??[],...o.roots];return{refreshedAt:a,roots:new Map(s.filter(([d])=>d>S(e.rootJson)&&d<=r)),timestamp:await i("timestamp"),snapshot:await i("snapshot"),targets:await i("targets"),files:new Map([...c?.files??[],...o.files])}}function S(e){let t=x.parse(e,"TRUSTED_ROOT_INVALID","the root of the trust root repository");return Number(t.field("signed").field("version").uint64())}var le=String.raw`{
 "signatures": [
  {
   "keyid": "54809115b40137aac01af4b7ac2408c77ea0d58fa4dad48fc3196497d2a26f44",
   "sig": ""
  },
  {
   "keyid": "8b498a80a1b7af188c10c9abdf6aade81d14faaffcde2abcd6063baa673ebd12",
   "sig": "3046022100b7e9b7174cbad8871520d60bb8cc6e479f250be022e31f3bcdd3ceec55c1553c022100da3bcc0f2391490549f0ea45f1ca4af5aeb5ab10c846f7a7eac883c4a62edea1"
  },
  {
   "keyid": "56db9f7d64bef1feab6190760336643b20196af4875ee8be915e78f239863aae",
   "sig": "30450221008bdaa1a37e031404c0e9323c518bc6bf032f25bf81f9b7f750df19b74287885f0220730cb8b50a80b9ca5d4ec74358e0b35066a5ef9bb7da684b642e7d903740eee0"
  },
  {
   "keyid": "d6a89e23fb22801a0d1186bf1bdd007e228f65a8aa9964d24d06cb5fbb0ce91c",
   "sig": "3045022100937376a35c200a86ef7338d357ca18c7feeff2ccfb538a44a612545a8fdfb1f602200a72ad82e69cae2a764c014269a07e583cc15964de525a3c8ade0661e42fe53e"
  },
  {
   "keyid": "a10513a5ab61acd0c6b6fbe0504856ead18f3b17c4fabbe3fa848c79a5a187cf",
   "sig": "3045022036c8a2b135f71dfd421fa3124d7ab77c730daf5e5a3b70b67925a22c7f91c003022100bde6399c5b2ee41060395a3167a7458b4a25b9679f584822adefedb93e0c27eb"
  },
  {
   "keyid": "1b8fa2a77525b38ef24804d3d907ca96f76d178a49520333626ba36d319c5790",
   "sig": "304502210081e87da79a0afbcbd28ab54d3d16c245f58c4105c4c043cb41e69dfe4cd37f0b0220434e17ef1d60f222f825c0647f2013dcde1e144aafe067f4c22a99737ba4f061"
  },
  {
   "keyid": "88737ccdac7b49cc237e9aaead81be2a40278b886a693d8149a19cf543f093d3",
   "sig": "304502210085ccbbad39f5e9dff06b57646bf7173d24875b151390a43fc335a85263372be502206032d70fc60630387b9bd3b88a52c07674541f53e100914ea51e6b950f7f0f88"
  }
 ],
 "signed": {
  "_type": "root",
  "consistent_snapshot": true,
  "expires": "2027-01-28T20:18:53Z",
  "keys": {
   "1b8fa2a77525b38ef24804d3d907ca96f76d178a49520333626ba36d319c5790": {
    "keytype": "ecdsa",
    "keyval": {
     "public": "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEZcUP5fUpUgUiGMusabv7lmn+6nVI\nManyvT8Qr7IJ88pbCdDQdh5rdfjvk+AjQja4l+xOh7V9GtRUcM3gbJSD+w==\n-----END PUBLIC KEY-----\n"
    },
    "scheme": "ecdsa-sha2-nistp256",
    "x-tuf-on-ci-keyowner": "@aaroncathcart"
   },
   "54809115b40137aac01af4b7ac2408c77ea0d58fa4dad48fc3196497d2a26f44": {
    "keytype": "ecdsa",
    "keyval": {
     "public": "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEimKcdST+ORD+g0aGEFDOVZDAaIYg\nIgesNKiIe2L7MUsYx5UHhzQ08quvew13eYSCNJnfwooFZu7cdTu8AwqFjQ==\n-----END PUBLIC KEY-----\n"
    },
    "scheme": "ecdsa-sha2-nistp256",
    "x-tuf-on-ci-keyowner": "@alexiswales"
   },
   "56db9f7d64bef1feab6190760336643b20196af4875ee8be915e78f239863aae": {
    "keytype": "ecdsa",
    "keyval": {
     "public": "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEwnBUd4d18zbFzkdjQMwqQUcOA6S6\nYpNvdQNckHtjwiGlJyvqjzrRYeObBLMKA/TnqeFAipDfiqsDoqDVwL2cVQ==\n-----END PUBLIC KEY-----\n"
    },
    "scheme": "ecdsa-sha2-nistp256",
    "x-tuf-on-ci-keyowner": "@tquinn86"
   },
   "88737ccdac7b49cc237e9aaead81be2a40278b886a693d8149a19cf543f093d3": {
    "keytype": "ecdsa",
    "keyval": {
     "public": "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEBagkskNOpOTbetTX5CdnvMy+LiWn\nonRrNrqAHL4WgiebH7Uig7GLhC3bkeA/qgb926/vr9qhOPG9Buj2HatrPw==\n-----END PUBLIC KEY-----\n"
    },
    "scheme": "ecdsa-sha2-nistp256",
    "x-tuf-on-ci-keyowner": "@gregose"
   },
   "8b498a80a1b7af188c10c9abdf6aade81d14faaffcde2abcd6063baa673ebd12": {
    "keytype": "ecdsa",
    "keyval": {
     "public": "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE7IEoVNwrprchXGhT5sAhSax7SOd3\n8duuISghCzfmHdKJWSbV2wJRamRiUVRtmA83K/qm5cT20WXMCT5QeM/D3A==\n-----END PUBLIC KEY-----\n"
    },
    "scheme": "ecdsa-sha2-nistp256",
    "x-tuf-on-ci-keyowner": "@trevrosen"
   },
   "a10513a5ab61acd0c6b6fbe0504856ead18f3b17c4fabbe3fa848c79a5a187cf": {
    "keytype": "ecdsa",
    "keyval": {
     "public": "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEC2wJ3xscyXxBLybJ9FVjwkyQMe53\nRHUz77AjMO8MzVaT8xw6ZvJqdNZiytYtigWULlINxw6frNsWJKb/f7lC8A==\n-----END PUBLIC KEY-----\n"
    },
    "scheme": "ecdsa-sha2-nistp256",
    "x-tuf-on-ci-keyowner": "@kommendorkapten"
   },
   "d6a89e23fb22801a0d1186bf1bdd007e228f65a8aa9964d24d06cb5fbb0ce91c": {
    "keytype": "ecdsa",
    "keyval": {
     "public": "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEDdORwcruW3gqAgaLjH/nNdGMB4kQ\nAvA+wD6DyO4P/wR8ee2ce83NZHq1ZADKhve0rlYKaKy3CqyQ5SmlZ36Zhw==\n-----END PUBLIC KEY-----\n"
    },
    "scheme": "ecdsa-sha2-nistp256",
    "x-tuf-on-ci-keyowner": "@krukow"
   },
   "eb9799b483affac9da87ef4c9ea467928415c961349e607e5e6e485679b07f8f": {
    "keytype": "ecdsa",
    "keyval": {
     "public": "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAENKNcNcX+d73lS1TRFb9Vnp8JvOoh\nzYQ+in43iGenbG8RGo9L/6FJ2hoRbVU6xskvyuErcdPbCdI4GxrQ5i8hkw==\n-----END PUBLIC KEY-----\n"
    },
    "scheme": "ecdsa-sha2-nistp256",
    "x-tuf-on-ci-online-uri": "azurekms://production-tuf-root.vault.azure.net/keys/Online-Key/aaf375fd8ed24acb949a5cc173700b05"
   }
  },
  "roles": {
   "root": {
    "keyids": [
     "a10513a5ab61acd0c6b6fbe0504856ead18f3b17c4fabbe3fa848c79a5a187cf",
     "88737ccdac7b49cc237e9aaead81be2a40278b886a693d8149a19cf543f093d3",
     "d6a89e23fb22801a0d1186bf1bdd007e228f65a8aa9964d24d06cb5fbb0ce91c",
     "8b498a80a1b7af188c10c9abdf6aade81d14faaffcde2abcd6063baa673ebd12",
     "54809115b40137aac01af4b7ac2408c77ea0d58fa4dad48fc3196497d2a26f44",
     "56db9f7d64bef1feab6190760336643b20196af4875ee8be915e78f239863aae",
     "1b8fa2a77525b38ef24804d3d907ca96f76d178a49520333626ba36d319c5790"
    ],
    "threshold": 3
   },
   "snapshot": {
    "keyids": [
     "eb9799b483affac9da87ef4c9ea467928415c961349e607e5e6e485679b07f8f"
    ],
    "threshold": 1,
    "x-tuf-on-ci-expiry-period": 21,
    "x-tuf-on-ci-signing-period": 7
   },
   "targets": {
    "keyids": [
     "a10513a5ab61acd0c6b6fbe0504856ead18f3b17c4fabbe3fa848c79a5a187cf",
     "88737ccdac7b49cc237e9aaead81be2a40278b886a693d8149a19cf543f093d3",
     "d6a89e23fb22801a0d1186bf1bdd007e228f65a8aa9964d24d06cb5fbb0ce91c",
     "8b498a80a1b7af188c10c9abdf6aade81d14faaffcde2abcd6063baa673ebd12",
     "54809115b40137aac01af4b7ac2408c77ea0d58fa4dad48fc3196497d2a26f44",
     "56db9f7d64bef1feab6190760336643b20196af4875ee8be915e78f239863aae",
     "1b8fa2a77525b38ef24804d3d907ca96f76d178a49520333626ba36d319c5790"
    ],
    "threshold": 3
   },
   "timestamp": {
    "keyids": [
     "eb9799b483affac9da87ef4c9ea467928415c961349e607e5e6e485679b07f8f"
    ],
    "threshold": 1,
    "x-tuf-on-ci-expiry-period": 7,
    "x-tuf-on-ci-signing-period": 6
   }
  },
  "spec_version": "1.0.31",
  "version": 9,
  "x-tuf-on-ci-expiry-period": 240,
  "x-tuf-on-ci-signing-period": 60
 }
}`,me=String.raw`{
 "signatures": [
  {
   "keyid": "e71a54d543835ba86adad9460379c7641fb8726d164ea766801a1c522aba7ea2",
   "sig": "3045022100ea2f374f409810e2db950749d9cfed09a15b6a5e25f3d5ffd0799459d7bee167022028d3acdde6dbd5034cfad222d31b41090ee21894e2c46cb8974198ab0377db44"
  },
  {
   "keyid": "22f4caec6d8e6f9555af66b3d4c3cb06a3bb23fdc7e39c916c61f462e6f52b06",
   "sig": "304402207ebb24e3237e470691d7875903a7754d0ef2ae7e7b5024a7888c9a38a52deecd02206ed5ad1c6f4fab46995843ab6b23f9420c5a4cf6ce1cb2cb2a6fc2e87e2ef3e1"
  },
  {
   "keyid": "61643838125b440b40db6942f5cb5a31c0dc04368316eb2aaa58b95904a58222",
   "sig": "304602210089d9dfd8e106cc958088a4da3c8cf7254ab6f65a9647d37ada730ef4763c5163022100d882ee744615be79861e214e1eeb9e1eddf6a1e203a201b4c5d03f5224d71d16"
  },
  {
   "keyid": "a687e5bf4fab82b0ee58d46e05c9535145a2c9afb458f43d42b45ca0fdce2a70",
   "sig": "304502210088bd4b88e83f586ce568d27d04214c4ab3fd1894178ef015303d56afa939205302205538ebab93876abb9075ad77114bff28a0d79a7cc229b534a0c5ced5526b48e7"
  },
  {
   "keyid": "183e64f37670dc13ca0d28995a3053f3740954ddce44321a41e46534cf44e632",
   "sig": "3045022100f35b07e938d4949caf82e69e86cc9db3b69b6dbc6740c1f343d06893f996fbeb022001e847d816259a96a49e42779a2350dab97b71c8ae7e26b2380c6fa7f58131b3"
  }
 ],
 "signed": {
  "_type": "root",
  "consistent_snapshot": true,
  "expires": "2026-11-20T13:58:18Z",
  "keys": {
   "0c87432c3bf09fd99189fdc32fa5eaedf4e4a5fac7bab73fa04a2e0fc64af6f5": {
    "keyid_hash_algorithms": [
     "sha256",
     "sha512"
    ],
    "keytype": "ecdsa",
    "keyval": {
     "public": "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEWRiGr5+j+3J5SsH+Ztr5nE2H2wO7\nBV+nO3s93gLca18qTOzHY1oWyAGDykMSsGTUBSt9D+An0KfKsD2mfSM42Q==\n-----END PUBLIC KEY-----\n"
    },
    "scheme": "ecdsa-sha2-nistp256",
    "x-tuf-on-ci-online-uri": "gcpkms:projects/sigstore-root-signing/locations/global/keyRings/root/cryptoKeys/timestamp/cryptoKeyVersions/1"
   },
   "183e64f37670dc13ca0d28995a3053f3740954ddce44321a41e46534cf44e632": {
    "keytype": "ecdsa",
    "keyval": {
     "public": "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEMxpPOJCIZ5otG4106fGJseEQi3V9\npkMYQ4uyV9Tj1M7WHXIyLG+jkfvuG0glQ1JZbRZZBV3gAR4sojdGHISeow==\n-----END PUBLIC KEY-----\n"
    },
    "scheme": "ecdsa-sha2-nistp256",
    "x-tuf-on-ci-keyowner": "@lance"
   },
   "22f4caec6d8e6f9555af66b3d4c3cb06a3bb23fdc7e39c916c61f462e6f52b06": {
    "keyid_hash_algorithms": [
     "sha256",
     "sha512"
    ],
    "keytype": "ecdsa",
    "keyval": {
     "public": "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEzBzVOmHCPojMVLSI364WiiV8NPrD\n6IgRxVliskz/v+y3JER5mcVGcONliDcWMC5J2lfHmjPNPhb4H7xm8LzfSA==\n-----END PUBLIC KEY-----\n"
    },
    "scheme": "ecdsa-sha2-nistp256",
    "x-tuf-on-ci-keyowner": "@santiagotorres"
   },
   "61643838125b440b40db6942f5cb5a31c0dc04368316eb2aaa58b95904a58222": {
    "keyid_hash_algorithms": [
     "sha256",
     "sha512"
    ],
    "keytype": "ecdsa",
    "keyval": {
     "public": "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEinikSsAQmYkNeH5eYq/CnIzLaacO\nxlSaawQDOwqKy/tCqxq5xxPSJc21K4WIhs9GyOkKfzueY3GILzcMJZ4cWw==\n-----END PUBLIC KEY-----\n"
    },
    "scheme": "ecdsa-sha2-nistp256",
    "x-tuf-on-ci-keyowner": "@bobcallaway"
   },
   "a687e5bf4fab82b0ee58d46e05c9535145a2c9afb458f43d42b45ca0fdce2a70": {
    "keyid_hash_algorithms": [
     "sha256",
     "sha512"
    ],
    "keytype": "ecdsa",
    "keyval": {
     "public": "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE0ghrh92Lw1Yr3idGV5WqCtMDB8Cx\n+D8hdC4w2ZLNIplVRoVGLskYa3gheMyOjiJ8kPi15aQ2//7P+oj7UvJPGw==\n-----END PUBLIC KEY-----\n"
    },
    "scheme": "ecdsa-sha2-nistp256",
    "x-tuf-on-ci-keyowner": "@joshuagl"
   },
   "e71a54d543835ba86adad9460379c7641fb8726d164ea766801a1c522aba7ea2": {
    "keyid_hash_algorithms": [
     "sha256",
     "sha512"
    ],
    "keytype": "ecdsa",
    "keyval": {
     "public": "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEEXsz3SZXFb8jMV42j6pJlyjbjR8K\nN3Bwocexq6LMIb5qsWKOQvLN16NUefLc4HswOoumRsVVaajSpQS6fobkRw==\n-----END PUBLIC KEY-----\n"
    },
    "scheme": "ecdsa-sha2-nistp256",
    "x-tuf-on-ci-keyowner": "@mnm678"
   }
  },
  "roles": {
   "root": {
    "keyids": [
     "e71a54d543835ba86adad9460379c7641fb8726d164ea766801a1c522aba7ea2",
     "22f4caec6d8e6f9555af66b3d4c3cb06a3bb23fdc7e39c916c61f462e6f52b06",
     "61643838125b440b40db6942f5cb5a31c0dc04368316eb2aaa58b95904a58222",
     "a687e5bf4fab82b0ee58d46e05c9535145a2c9afb458f43d42b45ca0fdce2a70",
     "183e64f37670dc13ca0d28995a3053f3740954ddce44321a41e46534cf44e632"
    ],
    "threshold": 3
   },
   "snapshot": {
    "keyids": [
     "0c87432c3bf09fd99189fdc32fa5eaedf4e4a5fac7bab73fa04a2e0fc64af6f5"
    ],
    "threshold": 1,
    "x-tuf-on-ci-expiry-period": 3650,
    "x-tuf-on-ci-signing-period": 365
   },
   "targets": {
    "keyids": [
     "e71a54d543835ba86adad9460379c7641fb8726d164ea766801a1c522aba7ea2",
     "22f4caec6d8e6f9555af66b3d4c3cb06a3bb23fdc7e39c916c61f462e6f52b06",
     "61643838125b440b40db6942f5cb5a31c0dc04368316eb2aaa58b95904a58222",
     "a687e5bf4fab82b0ee58d46e05c9535145a2c9afb458f43d42b45ca0fdce2a70",
     "183e64f37670dc13ca0d28995a3053f3740954ddce44321a41e46534cf44e632"
    ],
    "threshold": 3
   },
   "timestamp": {
    "keyids": [
     "0c87432c3bf09fd99189fdc32fa5eaedf4e4a5fac7bab73fa04a2e0fc64af6f5"
    ],
    "threshold": 1,
    "x-tuf-on-ci-expiry-period": 7,
    "x-tuf-on-ci-signing-period": 6
   }
  },
  "spec_version": "1.0",
  "version": 15,
  "x-tuf-on-ci-expiry-period": 197,
  "x-tuf-on-ci-signing-period": 46
 }
}`,ye=String.raw`{
 "signatures": [
  {
   "keyid": "aa61e09f6af7662ac686cf0c6364079f63d3e7a86836684eeced93eace3acd81",
   "sig": "304502201419a6f003291be4cd00c110a00e9d9b152a78181ed3c54edf9d22a79938276f022100f751058c6c3eb6aecf277db367b4858d3612abd1ad96c40fd71ebbd26c944055"
  },
  {
   "keyid": "61f9609d2655b346fcebccd66b509d5828168d5e447110e261f0bcc8553624bc",
   "sig": "3045022007313e0afd5f282a1383a4f8f7a150e266a059420e1036eee222ce0053e36a67022100dfb05a4d1e6be2f43ce30f030783ff7a747cda5d84f341fd03b06dff32fba5bd"
  },
  {
   "keyid": "9471fbda95411d10109e467ad526082d15f14a38de54ea2ada9687ab39d8e237",
   "sig": ""
  },
  {
   "keyid": "0374a9e18a20a2103736cb4277e2fdd7f8453642c7d9eaf4ad8aee9cf2d47bb5",
   "sig": ""
  }
 ],
 "signed": {
  "_type": "root",
  "consistent_snapshot": true,
  "expires": "2026-10-16T19:39:43Z",
  "keys": {
   "0374a9e18a20a2103736cb4277e2fdd7f8453642c7d9eaf4ad8aee9cf2d47bb5": {
    "keytype": "ecdsa",
    "keyval": {
     "public": "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEoxkvDOmtGEknB3M+ZkPts8joDM0X\nIH5JZwPlgC2CXs/eqOuNF8AcEWwGYRiDhV/IMlQw5bg8PLICQcgsbrDiKg==\n-----END PUBLIC KEY-----\n"
    },
    "scheme": "ecdsa-sha2-nistp256",
    "x-tuf-on-ci-keyowner": "@mnm678"
   },
   "61f9609d2655b346fcebccd66b509d5828168d5e447110e261f0bcc8553624bc": {
    "keytype": "ecdsa",
    "keyval": {
     "public": "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE++Wv+DcLRk+mfkmlpCwl1GUi9EMh\npBUTz8K0fH7bE4mQuViGSyWA/eyMc0HvzZi6Xr0diHw0/lUPBvok214YQw==\n-----END PUBLIC KEY-----\n"
    },
    "scheme": "ecdsa-sha2-nistp256",
    "x-tuf-on-ci-keyowner": "@kommendorkapten"
   },
   "9471fbda95411d10109e467ad526082d15f14a38de54ea2ada9687ab39d8e237": {
    "keytype": "ecdsa",
    "keyval": {
     "public": "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEFHDb85JH+JYR1LQmxiz4UMokVMnP\nxKoWpaEnFCKXH8W4Fc/DfIxMnkpjCuvWUBdJXkO0aDIxwsij8TOFh2R7dw==\n-----END PUBLIC KEY-----\n"
    },
    "scheme": "ecdsa-sha2-nistp256",
    "x-tuf-on-ci-keyowner": "@joshuagl"
   },
   "aa61e09f6af7662ac686cf0c6364079f63d3e7a86836684eeced93eace3acd81": {
    "keytype": "ecdsa",
    "keyval": {
     "public": "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEohqIdE+yTl4OxpX8ZxNUPrg3SL9H\nBDnhZuceKkxy2oMhUOxhWweZeG3bfM1T4ZLnJimC6CAYVU5+F5jZCoftRw==\n-----END PUBLIC KEY-----\n"
    },
    "scheme": "ecdsa-sha2-nistp256",
    "x-tuf-on-ci-keyowner": "@jku"
   },
   "c3479007e861445ce5dc109d9661ed77b35bbc0e3f161852c46114266fc2daa4": {
    "keytype": "ecdsa",
    "keyval": {
     "public": "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAExxmEtmhF5U+i+v/6he4BcSLzCgMx\n/0qSrvDg6bUWwUrkSKS2vDpcJrhGy5fmmhRrGawjPp1ALpC3y1kqFTpXDg==\n-----END PUBLIC KEY-----\n"
    },
    "scheme": "ecdsa-sha2-nistp256",
    "x-tuf-on-ci-online-uri": "gcpkms:projects/projectsigstore-staging/locations/global/keyRings/tuf-keyring/cryptoKeys/tuf-key/cryptoKeyVersions/2"
   }
  },
  "roles": {
   "root": {
    "keyids": [
     "aa61e09f6af7662ac686cf0c6364079f63d3e7a86836684eeced93eace3acd81",
     "61f9609d2655b346fcebccd66b509d5828168d5e447110e261f0bcc8553624bc",
     "9471fbda95411d10109e467ad526082d15f14a38de54ea2ada9687ab39d8e237",
     "0374a9e18a20a2103736cb4277e2fdd7f8453642c7d9eaf4ad8aee9cf2d47bb5"
    ],
    "threshold": 2
   },
   "snapshot": {
    "keyids": [
     "c3479007e861445ce5dc109d9661ed77b35bbc0e3f161852c46114266fc2daa4"
    ],
    "threshold": 1,
    "x-tuf-on-ci-expiry-period": 3650,
    "x-tuf-on-ci-signing-period": 365
   },
   "targets": {
    "keyids": [
     "aa61e09f6af7662ac686cf0c6364079f63d3e7a86836684eeced93eace3acd81",
     "61f9609d2655b346fcebccd66b509d5828168d5e447110e261f0bcc8553624bc",
     "9471fbda95411d10109e467ad526082d15f14a38de54ea2ada9687ab39d8e237",
     "0374a9e18a20a2103736cb4277e2fdd7f8453642c7d9eaf4ad8aee9cf2d47bb5"
    ],
    "threshold": 1
   },
   "timestamp": {
    "keyids": [
     "c3479007e861445ce5dc109d9661ed77b35bbc0e3f161852c46114266fc2daa4"
    ],
    "threshold": 1,
    "x-tuf-on-ci-expiry-period": 7,
    "x-tuf-on-ci-signing-period": 6
   }
  },
  "spec_version": "1.0",
  "version": 14,
  "x-tuf-on-ci-expiry-period": 182,
  "x-tuf-on-ci-signing-period": 35
 }
}`,we=JSON.stringify({mediaType:"application/vnd.dev.sigstore.signingconfig.v0.2+json",caUrls:[{url:"https://fulcio.githubapp.com",majorApiVersion:1,validFor:{start:"2023-10-27T16:30:00Z"},operator:"github.com"}],tsaUrls:[{url:"https://timestamp.githubapp.com/api/v1/timestamp",majorApiVersion:1,validFor:{start:"2023-10-27T16:30:00Z"},operator:"github.com"}],tsaConfig:{selector:"ANY"}}),M={"public-good":{repository:{metadataUrl:"https://tuf-repo-cdn.sigstore.dev/",rootJson:me},signingConfig:"repository",thresholds:y},staging:{repository:{metadataUrl:"https://tuf-repo-cdn.sigstage.dev/",rootJson:ye},signingConfig:"repository",thresholds:y},github:{repository:{metadataUrl:"https://tuf-repo.github.com/",rootJson:le},signingConfig:{builtIn:we},thresholds:{signedCertificateTimestamps:0,logEntries:0,timestamps:1}}};async function ke({repository:e,signingConfig:t},a,o){let c=a===2?"signing_config_rekor_v2.v0.2.json":"signing_config.v0.2.json",i=t==="repository"?void 0:t.builtIn,r=i===void 0?["trusted_root.json",c]:["trusted_root.json"],{files:s,...d}=await ne(e,r,o);return{...d,trustedRoot:E(s.get("trusted_root.json")??""),signingConfig:I(i??s.get(c)??"")}}var Ie="no certificate transparency log is asked for: a certificate could be kept from sight";async function Ee(e,t){let{name:a,trustedRoot:o}=e,c=(a==="custom"||a==="sandbox"?void 0:M[a])?.thresholds??y,i=await xe(e,t);return{name:a,thresholds:e.insecureIgnoreSct?{...c,signedCertificateTimestamps:0}:c,sandbox:a==="sandbox"?"accept":"refuse",publicLog:a==="public-good"||a==="staging",trustedRootPath:o,...i,warnings:[...i.warnings,...e.insecureIgnoreSct?[Ie]:[]]}}async function xe(e,t){let{trustedRoot:a,signingConfig:o}=e,c=a===void 0?void 0:E(await m(a,"trusted root",t)),i=o===void 0?void 0:I(await m(o,"signing config",t)),r=i??(e.purpose==="verify"?ve:void 0);if(c!==void 0&&r!==void 0)return{trust:c,signingConfig:r,warnings:[]};let s=await Ae(e,t);return{trust:c??s.trust,signingConfig:i??s.signingConfig,warnings:s.warnings}}var ve={certificateAuthorities:[],transparencyLogs:[],transparencyLogSelector:void 0,timestampAuthorities:[],timestampAuthoritySelector:void 0};async function Ae(e,t){let{name:a,tufUrl:o,tufRoot:c,logVersion:i,cacheDirectory:r,mode:s}=e,d={...t,...r!==void 0&&{cacheDirectory:z(r,a)},...s!==void 0&&{mode:s}},{trustedRoot:f,signingConfig:n,warnings:g,expired:l,refreshedAt:b}=await ke(o===void 0?Ce(a):await De(o,c,t),i,d),k=`the trust root has expired since it was fetched at ${b.toISOString()}, and was used all the same`;return{trust:f,signingConfig:n,warnings:l?[...g,k]:g}}function Ce(e){return(e==="custom"||e==="sandbox")&&u("USAGE",`the instance ${e} is not described`,{remedy:"Give `trusted-root` and `signing-config`, or `tuf-url` and `tuf-root`."}),M[e]}async function De(e,t,a){return t===void 0&&u("USAGE","a TUF repository was given without the root with which trust in it begins",{remedy:"Give `tuf-root`, the path of a root.json that you have from somewhere else than the repository."}),{repository:{metadataUrl:e,rootJson:await m(t,"TUF root",a)},signingConfig:"repository"}}export{Ee as readInstance};
