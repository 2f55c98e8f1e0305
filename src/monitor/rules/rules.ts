import { unexplainedSignature } from './p01-unexplained-signature.ts';
import { unexpectedWorkflow } from './p04-unexpected-workflow.ts';
import { unexpectedRef } from './p05-unexpected-ref.ts';
import { dangerousTrigger } from './p06-dangerous-trigger.ts';
import type { EntryRule, Rule } from './rule.ts';

/** All rules, in the order of their ids. */
export const rules: readonly Rule[] = [unexplainedSignature, unexpectedWorkflow, unexpectedRef, dangerousTrigger];

/** The rules over entries. */
export const entryRules: readonly EntryRule[] = rules.filter((rule) => rule.about === 'entries');
