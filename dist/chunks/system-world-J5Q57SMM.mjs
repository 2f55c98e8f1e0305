import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{b as a}from"./chunk-MYO5UHDS.mjs";import"./chunk-S5G3DYTN.mjs";import"./chunk-QWHJ6DRN.mjs";import"./chunk-OQQAZJTP.mjs";import"./chunk-QM434GWM.mjs";import"./chunk-EUBJLRGX.mjs";import"./chunk-7YIZG4GH.mjs";import"./chunk-4MYWXYP7.mjs";export{a as systemWorld};
