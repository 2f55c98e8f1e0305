import type { Command } from 'commander';
import { receiptRows } from '../options/index.ts';
import { addOptions, addPolicyOptions } from './add-options.ts';
import { addOptionNames } from './option-names.ts';

/**
 * Adds `receipt`.
 *
 * @param script the file with the script of receipts
 */
export function addReceiptCommand(program: Command, script: URL): void {
  addOptionNames(receiptRows);
  const receipt = program
    .command('receipt')
    .description(
      'Verify files, and write a receipt for each: a page that shows who signed the file, and verifies it in a browser.',
    )
    .argument('<files...>', 'Files, or patterns in quotes. Bundles among them are not artifacts.');
  const options = addOptions(receipt, receiptRows, 'receipt');
  const policyOptions = addPolicyOptions(receipt);
  receipt.action(async (files: readonly string[]) => {
    const { receiptCommand } = await import('./receipt-command.ts');
    await receiptCommand(files, { ...options(), ...policyOptions() }, script);
  });
}
