import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{b as a}from"./chunk-FZ5PJ43V.mjs";import"./chunk-S5G3DYTN.mjs";import"./chunk-AOP4OMFU.mjs";import"./chunk-OQQAZJTP.mjs";import"./chunk-AAYX44SD.mjs";import"./chunk-EUBJLRGX.mjs";import"./chunk-FVFSYEHH.mjs";import"./chunk-4MYWXYP7.mjs";export{a as systemWorld};
