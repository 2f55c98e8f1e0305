import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{b as a}from"./chunk-4N73AMCM.mjs";import"./chunk-S5G3DYTN.mjs";import"./chunk-N4GNARSB.mjs";import"./chunk-OQQAZJTP.mjs";import"./chunk-GO7UVSWI.mjs";import"./chunk-EUBJLRGX.mjs";import"./chunk-WK3EU44F.mjs";import"./chunk-4MYWXYP7.mjs";export{a as systemWorld};
