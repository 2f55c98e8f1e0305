import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a as j}from"./chunk-TCAOQHQM.mjs";import{a as A}from"./chunk-ANJI2FOQ.mjs";import{a as y,c as k,d as E}from"./chunk-3WSJISI4.mjs";import{f as Y,g as Q}from"./chunk-GKJY34MA.mjs";import{a as K}from"./chunk-NZFT3OJ6.mjs";import{d as P}from"./chunk-S5YRGMLJ.mjs";import{a as l}from"./chunk-BF6OZ65F.mjs";import{a as b}from"./chunk-AXSWXZHU.mjs";import{b as I,d as c}from"./chunk-SBATJ6Q3.mjs";import{join as ve}from"node:path";function x({protocol:e,hostname:t}){return e==="https:"||e==="http:"&&["127.0.0.1","[::1]","localhost"].includes(t)}var R={certificateAuthority:[1],transparencyLog:[1,2],timestampAuthority:[1]},B="application/vnd.dev.sigstore.signingconfig.v0.2+json",ie={SERVICE_SELECTOR_UNDEFINED:0,ALL:1,ANY:2,EXACT:3},se=1024*1024,de=64;function C(e){let t=l.parse(e,"SIGNING_CONFIG_INVALID","signingConfig",{maxLength:se});t.field("mediaType").string()!==B&&t.field("mediaType").fail(`is not ${B}`);let a=o=>t.field(o).list(de).map(ce);return{certificateAuthorities:a("caUrls"),transparencyLogs:a("rekorTlogUrls"),transparencyLogSelector:F(t.field("rekorTlogConfig")),timestampAuthorities:a("tsaUrls"),timestampAuthoritySelector:F(t.field("tsaConfig"))}}function ce(e){let t=e.field("url").text();return fe(e.field("url"),t),{url:t,majorApiVersion:Number(e.field("majorApiVersion").uint64()),validFor:Y(e.field("validFor")),operator:e.field("operator").string()}}function fe(e,t){let a=URL.canParse(t)?new URL(t):void 0,o=a!==void 0&&(a.username!==""||a.password!=="");if(a!==void 0&&!o&&x(a))return;let r=o?" with a user name or a password, which is not sent":"";e.fail(`is ${JSON.stringify(k(t))}${r}; only https is used, and http on this machine`)}function F(e){switch(e.field("selector").enum(ie)){case"ANY":return{kind:"any"};case"ALL":return{kind:"all"};case"EXACT":{let a=Number(e.field("count").uint64());return a>0?{kind:"exact",count:a}:e.field("count").fail("is not a positive number")}case"SERVICE_SELECTOR_UNDEFINED":return;default:return e.field("selector").fail("is not ANY, ALL or EXACT")}}function Ve(e,t,a){let[o]=Z(e.certificateAuthorities,R.certificateAuthority,t);return o===void 0&&c("NO_SERVICE","the signing config has no certificate authority that is valid now and that we can talk to",{remedy:O}),{certificateAuthority:o,transparencyLogs:G("transparency log",e.transparencyLogs,a===void 0?R.transparencyLog:[a],e.transparencyLogSelector,t),timestampAuthorities:G("timestamp authority",e.timestampAuthorities,R.timestampAuthority,e.timestampAuthoritySelector,t)}}var O="Update Countersign, or the signing config: its services may have been replaced.";function Z(e,t,a){return e.filter(o=>t.includes(o.majorApiVersion)&&Q(o.validFor,a)).sort((o,r)=>r.majorApiVersion-o.majorApiVersion||r.validFor.start.getTime()-o.validFor.start.getTime())}function G(e,t,a,o,r){if(t.length===0&&o?.kind!=="exact")return[];o===void 0&&c("SIGNING_CONFIG_INVALID",`the signing config does not say how many of its ${e} services to use`);let n=new Set,i=Z(t,a,r).filter(({operator:d,url:p})=>{let f=d||p;return!n.has(f)&&n.add(f)}),s=o.kind==="exact"?o.count:1;return i.length<s&&c("NO_SERVICE",`the signing config asks for ${s} ${e}; ${i.length} can be used now`,{remedy:O}),o.kind==="all"?i:i.slice(0,s)}import{mkdtemp as Ie,readFile as ke,rm as Ee,writeFile as D}from"node:fs/promises";import{tmpdir as Ae}from"node:os";import{join as m}from"node:path";import{createHash as ue}from"node:crypto";import*as V from"node:fs/promises";import{join as be}from"node:path";var pe=["trusted_root.json","signing_config.v0.2.json","signing_config_rekor_v2.v0.2.json"];function g(e){return pe.some(t=>t===e)}function M(e){g(e)||c("USAGE",`${JSON.stringify(e)} is not a file of a trust root repository`)}var z=32*1024*1024,le=1024,ye=16;function N(e,{metadata:t}){let a=t.hostname.replace(/[^a-z0-9.-]/g,"_"),o=ue("sha256").update(t.href).digest("hex").slice(0,16);return be(e,`trust-root-${a}-${o}.json`)}async function S(e){let t;try{t=await P(V,e,z)}catch{return}let a=l.parse(t,"TRUSTED_ROOT_INVALID",`the cached trust root (${e})`,{maxLength:z}),o=new Map;for(let n of a.field("files").list(ye)){let i=n.field("name").text();g(i)&&o.set(i,n.field("bytes").data())}let r=a.field("roots").list(le);return{refreshedAt:a.field("refreshedAt").time()??a.field("refreshedAt").fail("is missing"),roots:new Map(r.map(n=>[Number(n.field("version").uint64()),n.field("bytes").data()])),timestamp:a.field("timestamp").data(),snapshot:a.field("snapshot").data(),targets:a.field("targets").data(),files:o}}async function _(e,t,a){await j(V,a,e,`${JSON.stringify(ge(t))}
`)}function ge(e){return{refreshedAt:e.refreshedAt.toISOString(),roots:[...e.roots].map(([t,a])=>({version:t,bytes:b(a)})),timestamp:b(e.timestamp),snapshot:b(e.snapshot),targets:b(e.targets),files:[...e.files].map(([t,a])=>({name:t,bytes:b(a)}))}}function J({metadataUrl:e,targetsUrl:t}){let a=H(e);return{metadata:a,targets:t===void 0?new URL("targets/",a):H(t)}}function H(e){let t=o=>c("USAGE",`the address of a trust root repository ${o}: ${k(e)}`);if(!URL.canParse(e))return t("is not a URL");let a=new URL(e);return x(a)?a.username!==""||a.password!==""?t("has a user name or a password, which is not sent"):(a.pathname.endsWith("/")||(a.pathname+="/"),a.search="",a.hash="",a):t("is neither https nor on this machine")}var me=15e3,he=8*1024*1024;function W(e,{metadata:t}){let a="the trust root repository";return{name:`${a} (${t.origin})`,read:async(o,r)=>{let n={method:"GET",url:o,headers:{accept:"application/json"},service:a,quotes:"message",timeoutMilliseconds:me,maxBodyLength:Math.min(r,he)},i=await e(n);return[403,404].includes(i.status)?void 0:K(n,i,200).body},remedies:{expired:"It was not renewed in time, or an old copy of it is served here. Run again later, or give a trusted root.",missing:"Check the address of the repository."}}}function q(e,{metadata:t}){return{name:`the cached trust root of ${t.origin}`,read:async a=>we(e,a.pathname.slice(a.pathname.lastIndexOf("/")+1)),remedies:{expired:"Run once with the network, or accept it as it is with `--offline-stale`.",missing:"Run once with the network, or give a trusted root."}}}function we(e,t){let[,a]=/^(\d{1,9})\.root\.json$/.exec(t)??[];if(a!==void 0)return e.roots.get(Number(a));if(t==="timestamp.json")return e.timestamp;if(/^(?:\d+\.)?snapshot\.json$/.test(t))return e.snapshot;if(/^(?:\d+\.)?targets\.json$/.test(t))return e.targets;let o=t.replace(/^(?:[0-9a-f]{64}|[0-9a-f]{128})\./,"");return g(o)?e.files.get(o):void 0}var xe=1440*60*1e3,Ce=new Date(0);async function X(e,t,a){t.forEach(M);let o=J(e),r=await Ie(m(a.temporaryDirectory??Ae(),"countersign-tuf-"));try{let n={repository:e,urls:o,names:t,options:a,folder:r,time:a.clock()};return a.mode===void 0||a.mode==="online"?await Ue(n):await Ne(n)}finally{await Ee(r,{recursive:!0,force:!0})}}async function Ne(e){let{urls:t,options:a,time:o}=e,{cacheDirectory:r}=a,n=r===void 0?void 0:await S(N(r,t));n===void 0&&c("TRUSTED_ROOT_MISSING",`nothing of the trust root repository (${t.metadata.origin}) is cached here`,{remedy:"Run once with the network, or give a trusted root."});let i={source:"cache",refreshedAt:n.refreshedAt,warnings:[]};try{return{...i,files:(await L(e,n,o)).files,expired:!1}}catch(s){if(a.mode!=="offline-stale"||!T(s,"TRUSTED_ROOT_EXPIRED"))throw s;return{...i,files:(await L(e,n,Ce)).files,expired:!0}}}async function Ue(e){let{repository:t,urls:a,names:o,options:r,folder:n,time:i}=e,{http:s,cacheDirectory:d}=r,p=[],f=d===void 0?void 0:await Se(N(d,a),p);if(f===void 0)await ee(n,t.rootJson);else{let u=await Re(e,f,p);if(u!==void 0&&De(f,i))return{files:u.files,source:"cache",refreshedAt:f.refreshedAt,expired:!1,warnings:p};await D(m(n,"timestamp.json"),f.timestamp),await D(m(n,"snapshot.json"),f.snapshot)}let{update:h}=await import("./update-A6VAYFDV.mjs"),w=await h({urls:a,source:W(s,a),names:o,time:i,folder:n});if(d!==void 0){let u=N(d,a),U=await Le(e,w,f);await _(u,U,r.random).catch(re=>{p.push(`the trust root was not cached: ${u} cannot be written (${String(re)})`)})}return{files:w.files,source:"repository",refreshedAt:i,expired:!1,warnings:p}}async function L({repository:e,urls:t,names:a,folder:o},r,n){await ee(o,e.rootJson);let{update:i}=await import("./update-A6VAYFDV.mjs");return i({urls:t,source:q(r,t),names:a,time:n,folder:o})}async function Re(e,t,a){try{return await L(e,t,e.time)}catch(o){if(T(o,"TRUSTED_ROOT_EXPIRED")||T(o,"TRUSTED_ROOT_MISSING"))return;if(!(o instanceof I))throw o;a.push(`the cached trust root was not used: ${o.message}`);return}}async function Se(e,t){try{return await S(e)}catch(a){if(!(a instanceof I))throw a;t.push(`the cached trust root was not used: ${a.message}`);return}}async function ee(e,t){await D(m(e,"root.json"),t)}function T(e,t){return e instanceof I&&e.code===t}function De({refreshedAt:e},t){let a=t.getTime()-e.getTime();return a>=0&&a<xe}async function Le({repository:e,folder:t,time:a},o,r){let n=d=>ke(m(t,`${d}.json`)),i=$(await n("root")),s=[...r?.roots??[],...o.roots];return{refreshedAt:a,roots:new Map(s.filter(([d])=>d>$(e.rootJson)&&d<=i)),timestamp:await n("timestamp"),snapshot:await n("snapshot"),targets:await n("targets"),files:new Map([...r?.files??[],...o.files])}}function $(e){let t=l.parse(e,"TRUSTED_ROOT_INVALID","the root of the trust root repository");return Number(t.field("signed").field("version").uint64())}var ae=String.raw`{
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
}`;var te=String.raw`{
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
}`;var oe=String.raw`{
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
}`;var Te=JSON.stringify({mediaType:"application/vnd.dev.sigstore.signingconfig.v0.2+json",caUrls:[{url:"https://fulcio.githubapp.com",majorApiVersion:1,validFor:{start:"2023-10-27T16:30:00Z"},operator:"github.com"}],tsaUrls:[{url:"https://timestamp.githubapp.com/api/v1/timestamp",majorApiVersion:1,validFor:{start:"2023-10-27T16:30:00Z"},operator:"github.com"}],tsaConfig:{selector:"ANY"}}),v={"public-good":{repository:{metadataUrl:"https://tuf-repo-cdn.sigstore.dev/",rootJson:te},signingConfig:"repository",thresholds:y},staging:{repository:{metadataUrl:"https://tuf-repo-cdn.sigstage.dev/",rootJson:oe},signingConfig:"repository",thresholds:y},github:{repository:{metadataUrl:"https://tuf-repo.github.com/",rootJson:ae},signingConfig:{builtIn:Te},thresholds:{signedCertificateTimestamps:0,logEntries:0,timestamps:1}}};async function ne({repository:e,signingConfig:t},a,o){let r=a===2?"signing_config_rekor_v2.v0.2.json":"signing_config.v0.2.json",n=t==="repository"?void 0:t.builtIn,i=n===void 0?["trusted_root.json",r]:["trusted_root.json"],{files:s,...d}=await X(e,i,o);return{...d,trustedRoot:E(s.get("trusted_root.json")??""),signingConfig:C(n??s.get(r)??"")}}var je="no certificate transparency log is asked for: a certificate could be kept from sight";async function Ga(e,t){let{name:a,trustedRoot:o}=e,n=(a==="custom"||a==="sandbox"?void 0:v[a])?.thresholds??y,i=await Ke(e,t);return{name:a,thresholds:e.insecureIgnoreSct?{...n,signedCertificateTimestamps:0}:n,sandbox:a==="sandbox"?"accept":"refuse",publicLog:a==="public-good"||a==="staging",trustedRootPath:o,...i,warnings:[...i.warnings,...e.insecureIgnoreSct?[je]:[]]}}async function Ke(e,t){let{trustedRoot:a,signingConfig:o}=e,r=a===void 0?void 0:E(await A(a,"trusted root",t)),n=o===void 0?void 0:C(await A(o,"signing config",t)),i=n??(e.purpose==="verify"?Pe:void 0);if(r!==void 0&&i!==void 0)return{trust:r,signingConfig:i,warnings:[]};let s=await Ye(e,t);return{trust:r??s.trust,signingConfig:n??s.signingConfig,warnings:s.warnings}}var Pe={certificateAuthorities:[],transparencyLogs:[],transparencyLogSelector:void 0,timestampAuthorities:[],timestampAuthoritySelector:void 0};async function Ye(e,t){let{name:a,tufUrl:o,tufRoot:r,logVersion:n,cacheDirectory:i,mode:s}=e,d={...t,...i!==void 0&&{cacheDirectory:ve(i,a)},...s!==void 0&&{mode:s}},{trustedRoot:p,signingConfig:f,warnings:h,expired:w,refreshedAt:u}=await ne(o===void 0?Qe(a):await Be(o,r,t),n,d),U=`the trust root has expired since it was fetched at ${u.toISOString()}, and was used all the same`;return{trust:p,signingConfig:f,warnings:w?[...h,U]:h}}function Qe(e){return(e==="custom"||e==="sandbox")&&c("USAGE",`the instance ${e} is not described`,{remedy:"Give `trusted-root` and `signing-config`, or `tuf-url` and `tuf-root`."}),v[e]}async function Be(e,t,a){return t===void 0&&c("USAGE","a TUF repository was given without the root with which trust in it begins",{remedy:"Give `tuf-root`, the path of a root.json that you have from somewhere else than the repository."}),{repository:{metadataUrl:e,rootJson:await A(t,"TUF root",a)},signingConfig:"repository"}}export{x as a,Ve as b,Ga as c};
