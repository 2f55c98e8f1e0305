/** Delivering bundles that exist already, without signing. */

export { bundleTexts } from './bundle-files.ts';
export { type DeliverRequest, type DeliverResult, deliverVerified } from './deliver-verified.ts';
