import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import {
  instanceNames,
  instanceRequest
} from "./chunk-E67BCN2J.mjs";
import "./chunk-ON453OIK.mjs";
export {
  instanceNames,
  instanceRequest
};
