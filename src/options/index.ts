/** The options of the actions and of the command, each declared once. */

export { declaredActions } from './actions.ts';
export { auditRows } from './audit.ts';
export { completeRows } from './complete.ts';
export { deliverRows } from './deliver.ts';
export type { Form } from './form.ts';
export { inspectRows } from './inspect.ts';
export { lookAlikeRows } from './look-alike.ts';
export { monitorRows } from './monitor.ts';
export type { MonitorOutputName, SignOutputName, VerifyOutputName } from './outputs.ts';
export { type PolicyOption, type PolicyRequest, type PolicyRow, policyRows } from './policy.ts';
export { receiptRows } from './receipt.ts';
export { reissueRows } from './reissue.ts';
export {
  type ActionName,
  type CommandName,
  type FlagKey,
  flagsOf,
  type InputDeclaration,
  type InputKey,
  inputsOf,
  type OptionRow,
  type OptionTable,
  optionName,
} from './row.ts';
export { searchRows } from './search.ts';
export { instanceRows, registryRows } from './shared.ts';
export { signRows } from './sign.ts';
export { treeRows } from './tree.ts';
export { trustedRootRows } from './trusted-root.ts';
export { upgradeRows } from './upgrade.ts';
export { verifyRows } from './verify.ts';
export { watchRows } from './watch.ts';
