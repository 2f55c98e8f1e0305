import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{b as a}from"./chunk-XSXJDTIP.mjs";import"./chunk-OQQAZJTP.mjs";import"./chunk-NLRU5RZF.mjs";import"./chunk-QJ4GRNRU.mjs";import"./chunk-RC5B7OYC.mjs";import"./chunk-KWVLWGXK.mjs";import"./chunk-4MYWXYP7.mjs";export{a as systemWorld};
