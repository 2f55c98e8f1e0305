/** Receipts: pages on which a person sees who signed a file, and verifies it. */

export { type SignedReceipts, type SignedRequest, writeSignedReceipts } from './signed-receipts.ts';
export { type ReceiptRequest, type ReceiptResult, type WrittenReceipt, writeReceipts } from './write-receipts.ts';
