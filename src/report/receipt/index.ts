/** Receipts: pages on which a person sees who signed a file, and verifies it. */

export { type ReceiptPage, receiptPage, verifierPage } from './page.ts';
export {
  type PageData,
  type PageRoot,
  type PageTexts,
  type ReceiptContent,
  readPageTexts,
  receiptTexts,
} from './page-data.ts';
