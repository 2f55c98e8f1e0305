import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import {
  cachedTokens,
  requestToken,
  tokenEndpoint
} from "./chunk-IVYQT5TJ.mjs";
import {
  Secret,
  checkPrivacy,
  checkTrigger,
  readIdentityToken,
  sigstoreAudience,
  textClaim,
  verifyTokenClaims
} from "./chunk-FOCVXOSL.mjs";
import "./chunk-GWBD5HXH.mjs";
import "./chunk-M5ZULOZO.mjs";
import "./chunk-WXJWSKLB.mjs";
import "./chunk-Y54HXCFX.mjs";
import "./chunk-4Z2FOAEY.mjs";
import "./chunk-E6Z6BNYX.mjs";
import "./chunk-4KXGZMC2.mjs";
import "./chunk-ON453OIK.mjs";
export {
  Secret,
  cachedTokens,
  checkPrivacy,
  checkTrigger,
  readIdentityToken,
  requestToken,
  sigstoreAudience,
  textClaim,
  tokenEndpoint,
  verifyTokenClaims
};
