/** Delivering bundles that exist already, without signing. */

export { type DeliverRequest, type DeliverResult, deliverVerified } from './deliver-verified.ts';
