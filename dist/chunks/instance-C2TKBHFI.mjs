import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import {
  loadInstance
} from "./chunk-4PPIKFMH.mjs";
import "./chunk-M5ZULOZO.mjs";
import "./chunk-UYWXTOMP.mjs";
import "./chunk-3B3H6NZJ.mjs";
import "./chunk-WXJWSKLB.mjs";
import "./chunk-RCED7V4C.mjs";
import "./chunk-HQS2C6LB.mjs";
import "./chunk-Y54HXCFX.mjs";
import "./chunk-4Z2FOAEY.mjs";
import "./chunk-E6Z6BNYX.mjs";
import "./chunk-4KXGZMC2.mjs";
import "./chunk-ON453OIK.mjs";
export {
  loadInstance
};
