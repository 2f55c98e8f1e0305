import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import {
  systemWorld
} from "./chunk-JCQVHCZD.mjs";
import "./chunk-BLZUZC4M.mjs";
import "./chunk-WXJWSKLB.mjs";
import "./chunk-4Z2FOAEY.mjs";
import "./chunk-E6Z6BNYX.mjs";
import "./chunk-4KXGZMC2.mjs";
import "./chunk-ON453OIK.mjs";
export {
  systemWorld
};
