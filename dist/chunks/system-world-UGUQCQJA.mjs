import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{b as a}from"./chunk-FC6AKNKN.mjs";import"./chunk-OQQAZJTP.mjs";import"./chunk-72D7K3CR.mjs";import"./chunk-UMNEWXTT.mjs";import"./chunk-EUBJLRGX.mjs";import"./chunk-KWVLWGXK.mjs";import"./chunk-4MYWXYP7.mjs";export{a as systemWorld};
